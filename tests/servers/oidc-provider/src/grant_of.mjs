// What a person consents to, as oidc-provider keeps it: a grant. Returns its ID.

export async function grantOf(provider, consent) {
  const { accountId, clientId, missingOIDCScope, missingOIDCClaims, missingResourceScopes, rar } = consent;
  const grant = consent.grant ?? new provider.Grant({ accountId, clientId });
  if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '));
  if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims);
  for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
    grant.addResourceScope(resource, scopes.join(' '));
  }
  for (const detail of rar ?? []) grant.addRar(detail);
  return grant.save();
}

/** All that a device or back-channel request asked for. */
export async function grantOfRequest(provider, { accountId, clientId, params, resource }) {
  const scopes = params.scope?.split(' ') ?? [];
  const resources = [resource ?? []].flat();
  return grantOf(provider, {
    accountId,
    clientId,
    missingOIDCScope: scopes,
    missingResourceScopes: Object.fromEntries(resources.map((each) => [each, scopes])),
  });
}
