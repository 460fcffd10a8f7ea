// The APIs that tokens are for (RFC 8707), and what may be asked for in detail (RFC 9396).

import { environment } from './environment.mjs';
import { CustomOIDCProviderError, InvalidTarget } from './errors.mjs';

const SCOPE = 'read write';

export const resourceIndicators = {
  enabled: true,
  useGrantedResource: async () => true,
  async getResourceServerInfo(_, resource) {
    const { hostname, pathname } = new URL(resource);
    // Those on 127.0.0.1 are the tests' own.
    if (!['api.example', '127.0.0.1'].includes(hostname)) throw new InvalidTarget('there is no such API');
    return {
      accessTokenFormat: pathname.startsWith('/jwt') ? 'jwt' : 'opaque',
      accessTokenTTL: environment.ttl.AccessToken,
      audience: resource,
      jwt: { sign: { alg: 'ES256' } },
      scope: SCOPE,
    };
  },
};

export const richAuthorizationRequests = {
  enabled: true,
  ack: 'experimental-01',
  types: {
    payment_initiation: {
      validate(_, { instructedAmount }) {
        if (instructedAmount?.amount === undefined || instructedAmount.currency === undefined) {
          throw new CustomOIDCProviderError('invalid_authorization_details', 'an amount and a currency are needed');
        }
      },
    },
  },
  rarForAuthorizationCode: (ctx) => JSON.parse(ctx.oidc.params.authorization_details ?? 'null') ?? undefined,
  rarForCodeResponse: (ctx) => ctx.oidc.entities.AuthorizationCode.rar,
  rarForRefreshTokenResponse: (ctx) => ctx.oidc.entities.RefreshToken.rar,
  rarForIntrospectionResponse: (_, token) => token.rar,
};
