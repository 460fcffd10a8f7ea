// What the server was asked, by its own count.

export class Stats {
  /** Requests by endpoint, as oidc-provider names it: `token`, `jwks`, `discovery`, …. */
  requests = {};

  /** Token requests by grant, whatever came of them. */
  token_requests = {};

  /** Token requests that gave a token, by grant. */
  tokens = {};

  /** OAuth errors of the token endpoint, by code. */
  token_errors = {};

  /** Logins that were revoked, by a revocation or because something was used twice. */
  revoked_grants = 0;

  constructor(provider) {
    provider.on('grant.success', (ctx) => count(this.tokens, ctx.oidc.params.grant_type));
    provider.on('grant.error', (_, error) => count(this.token_errors, error.error));
    provider.on('grant.revoked', () => { this.revoked_grants += 1; });
  }

  middleware = async (ctx, next) => {
    await next();
    const route = ctx.oidc?.route;
    if (route) count(this.requests, route);
    if (route === 'token') count(this.token_requests, ctx.oidc.params?.grant_type);
  };
}

function count(counters, name) {
  counters[name] = (counters[name] ?? 0) + 1;
}
