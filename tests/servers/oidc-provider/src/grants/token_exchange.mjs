// RFC 8693: a token for another one. Subject and actor are really checked.

import { createLocalJWKSet, jwtVerify } from 'jose';

import { environment } from '../environment.mjs';
import { InvalidRequest } from '../errors.mjs';
import { issue } from './issue.mjs';

const TYPE = 'urn:ietf:params:oauth:token-type:';
const ACCESS_TOKEN = `${TYPE}access_token`;

/** RFC 8693 §2.2.2: whatever is wrong with a subject or actor is `invalid_request`. */
function check(holds, text) {
  if (!holds) throw new InvalidRequest(text);
}

async function ofAccessToken(provider, token) {
  const found = await provider.AccessToken.find(token) ?? await provider.ClientCredentials.find(token);
  check(found && !found.isExpired, 'the access token is none, or has expired');
  return { sub: found.accountId, scope: found.scope?.split(' ') ?? [], client_id: found.clientId };
}

async function ofRefreshToken(provider, token) {
  const found = await provider.RefreshToken.find(token);
  check(found && !found.isExpired && !found.consumed, 'the refresh token is none, or of no more use');
  return { sub: found.accountId, scope: found.scope?.split(' ') ?? [], client_id: found.clientId };
}

async function ofIdToken(provider, token, client) {
  const { payload } = await provider.IdToken.validate(token, client).catch(() => ({}));
  check(payload, 'the ID token is none of this client');
  return payload;
}

async function ofJwt(provider, token) {
  const [, body] = token.split('.');
  let issuer;
  try {
    issuer = JSON.parse(Buffer.from(body, 'base64url')).iss;
  } catch {
    check(false, 'the JWT is none');
  }
  const keys = environment.trustedIssuers[issuer];
  check(keys, 'the JWT is of an issuer that is not known here');
  const verified = await jwtVerify(token, createLocalJWKSet(keys), { audience: provider.issuer, issuer })
    .catch((error) => check(false, `the JWT is refused: ${error.message}`));
  return verified.payload;
}

const readers = {
  [ACCESS_TOKEN]: ofAccessToken,
  [`${TYPE}refresh_token`]: ofRefreshToken,
  [`${TYPE}id_token`]: ofIdToken,
  [`${TYPE}jwt`]: ofJwt,
};

async function party(provider, ctx, role) {
  const { [`${role}_token`]: token, [`${role}_token_type`]: type } = ctx.oidc.params;
  check((token === undefined) === (type === undefined), `${role}_token and ${role}_token_type belong together`);
  if (token === undefined) return undefined;
  check(readers[type], `${role}_token_type is not known here`);
  return readers[type](provider, token, ctx.oidc.client);
}

async function handler(provider, ctx, next) {
  const { params } = ctx.oidc;
  const subject = await party(provider, ctx, 'subject');
  check(subject, 'subject_token is missing');
  const actor = await party(provider, ctx, 'actor');
  const requested = params.requested_token_type ?? ACCESS_TOKEN;

  if (requested === `${TYPE}id_token`) {
    const idToken = new provider.IdToken({ sub: subject.sub }, { ctx });
    idToken.scope = 'openid';
    // RFC 8693 §2.2.1: what is issued is no access token, and is not presented as one.
    ctx.body = {
      access_token: await idToken.issue({ use: 'idtoken' }),
      issued_token_type: requested,
      token_type: 'N_A',
    };
    return next();
  }
  check([ACCESS_TOKEN, `${TYPE}jwt`].includes(requested), 'requested_token_type is not known here');
  if (params.audience !== undefined) params.resource ??= `https://api.example/${[params.audience].flat()[0]}`;
  const answer = await issue(provider, ctx, {
    accountId: subject.sub,
    allowed: subject.scope,
    claims: actor && { act: { sub: actor.sub ?? actor.client_id } },
    gty: 'token_exchange',
  });
  ctx.body = { ...answer, issued_token_type: requested };
  return next();
}

export const tokenExchange = {
  grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
  handler,
  parameters: [
    'actor_token', 'actor_token_type', 'audience', 'requested_token_type', 'resource', 'scope', 'subject_token',
    'subject_token_type',
  ],
  repeatable: ['audience', 'resource'],
};
