// An access token of a person for a client, in the way of the grants that oidc-provider brings along.

import verifiedProof from 'oidc-provider/lib/helpers/validate_dpop.js';

import { grantOf } from '../grant_of.mjs';
import { InvalidGrant, InvalidScope, InvalidTarget } from '../errors.mjs';
import { resourceIndicators } from '../resources.mjs';

/** `allowed`, where given, is the scope that may not be exceeded; `claims` go into the token. */
export async function issue(provider, ctx, { accountId, allowed, claims, gty }) {
  const { client, params } = ctx.oidc;
  const scopes = params.scope?.split(' ') ?? allowed ?? [];
  const excess = scopes.find((scope) => allowed && !allowed.includes(scope));
  if (excess) throw new InvalidScope('more is asked for than was granted', excess);

  const proof = await verifiedProof(ctx);
  if (!proof && client.dpopBoundAccessTokens) throw new InvalidGrant('DPoP proof JWT not provided');

  ctx.state.extraTokenClaims = claims;
  const resources = [params.resource ?? []].flat();
  if (resources.length > 1) throw new InvalidTarget('one API at a time');
  const grantId = await grantOf(provider, { accountId, clientId: client.clientId, missingOIDCScope: scopes });
  const token = new provider.AccessToken({ accountId, client, grantId, gty });
  for (const resource of resources) {
    const info = await resourceIndicators.getResourceServerInfo(ctx, resource);
    token.resourceServer = new provider.ResourceServer(resource, info);
  }
  token.scope = scopes.join(' ') || undefined;
  if (proof) token.setThumbprint('jkt', proof.thumbprint);
  ctx.oidc.entity('AccessToken', token);
  return {
    access_token: await token.save(),
    expires_in: token.expiration,
    scope: token.scope,
    token_type: token.tokenType,
  };
}
