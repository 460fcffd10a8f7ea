// RFC 7523 §2.1: an assertion, signed by somebody whom the server trusts, in place of a login.

import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';

import { environment } from '../environment.mjs';
import { InvalidGrant, InvalidRequest } from '../errors.mjs';
import { issue } from './issue.mjs';

const used = new Set();

async function verified(provider, ctx, assertion) {
  const { iss } = decodeJwt(assertion);
  const keys = environment.trustedIssuers[iss];
  if (!keys) throw new InvalidGrant('the assertion is of an issuer that is not known here');
  const { payload } = await jwtVerify(assertion, createLocalJWKSet(keys), {
    audience: [provider.issuer, ctx.oidc.urlFor('token')],
    issuer: iss,
    requiredClaims: ['exp', 'sub'],
  });
  return payload;
}

async function handler(provider, ctx, next) {
  const { assertion } = ctx.oidc.params;
  if (!assertion) throw new InvalidRequest('assertion is missing');
  const claims = await verified(provider, ctx, assertion).catch((error) => {
    throw error instanceof InvalidGrant ? error : new InvalidGrant(`the assertion is refused: ${error.message}`);
  });
  // RFC 7523 §3, 7.
  if (claims.jti !== undefined) {
    const id = JSON.stringify([claims.iss, claims.jti]);
    if (used.has(id)) throw new InvalidGrant('the assertion has been used before');
    used.add(id);
  }
  ctx.body = await issue(provider, ctx, { accountId: claims.sub, gty: 'jwt_bearer' });
  return next();
}

export const jwtBearer = {
  grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  handler,
  parameters: ['assertion', 'resource', 'scope'],
  repeatable: ['resource'],
};
