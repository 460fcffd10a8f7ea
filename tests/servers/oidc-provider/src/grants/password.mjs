// RFC 6749 §4.3. Everybody's password is the same.

import { InvalidGrant } from '../errors.mjs';
import { issue } from './issue.mjs';

const PASSWORD = 'wonder land + 100%';

async function handler(provider, ctx, next) {
  const { username, password: given } = ctx.oidc.params;
  if (!username || given !== PASSWORD) throw new InvalidGrant('the user name or the password is wrong');
  ctx.body = await issue(provider, ctx, { accountId: username, gty: 'password' });
  return next();
}

export const password = { grantType: 'password', handler, parameters: ['password', 'resource', 'scope', 'username'] };
