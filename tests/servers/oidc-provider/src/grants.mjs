// Grants that oidc-provider does not bring along: token exchange, JWT bearer, and the password of old.

import { tokenExchange } from './grants/token_exchange.mjs';
import { jwtBearer } from './grants/jwt_bearer.mjs';
import { password } from './grants/password.mjs';

export function registerGrants(provider) {
  for (const { grantType, parameters, repeatable, handler } of [tokenExchange, jwtBearer, password]) {
    provider.registerGrantType(grantType, (ctx, next) => handler(provider, ctx, next), parameters, repeatable);
  }
}
