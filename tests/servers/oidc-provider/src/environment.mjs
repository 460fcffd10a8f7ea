// What a test may set.

import { readFileSync } from 'node:fs';

const { env } = process;

const seconds = (name, otherwise) => Number(env[name] ?? otherwise);
const file = (name) => readFileSync(env[name], 'utf8');

export const environment = {
  /** The issuer's path, such as `/tenant`; none unless set. */
  issuerPath: env.ISSUER_PATH ?? '',
  /** Clients by JSON, each added to the one of the same `client_id` in clients.mjs, or to the list. */
  clients: JSON.parse(env.CLIENTS ?? '[]'),
  /** Issuers whose assertions are accepted (RFC 7523), by JSON: `{ "<iss>": <JWK set> }`. */
  trustedIssuers: JSON.parse(env.TRUSTED_ISSUERS ?? '{}'),
  /** Where every DPoP proof has to have a nonce, by oidc-provider's names of routes, such as `userinfo`. */
  dpopNonceAt: env.DPOP_NONCE_AT?.split(' ') ?? [],
  /** Certificate, key and the clients' CA for a second listener with TLS; its endpoints are `mtls_endpoint_aliases`. */
  tls: env.TLS_CERT_FILE && { cert: file('TLS_CERT_FILE'), key: file('TLS_KEY_FILE'), ca: file('TLS_CLIENT_CA_FILE') },
  /** What devices and back-channel clients are asked to wait between two polls; oidc-provider itself says nothing of it. */
  pollInterval: seconds('POLL_INTERVAL', 1),
  /** Whether every authorization request has to be signed (RFC 9101 §10.5). */
  requireSignedRequestObject: Boolean(env.REQUIRE_SIGNED_REQUEST_OBJECT),
  /** The token without which nobody registers a client (RFC 7591 §3.1); everyone does unless set. */
  initialAccessToken: env.INITIAL_ACCESS_TOKEN,
  /** Lifetimes in seconds. */
  ttl: {
    AccessToken: seconds('ACCESS_TOKEN_TTL', 3600),
    AuthorizationCode: seconds('AUTHORIZATION_CODE_TTL', 60),
    BackchannelAuthenticationRequest: seconds('CIBA_TTL', 120),
    ClientCredentials: seconds('ACCESS_TOKEN_TTL', 3600),
    DeviceCode: seconds('DEVICE_CODE_TTL', 600),
    Grant: 14 * 24 * 3600,
    IdToken: seconds('ID_TOKEN_TTL', 3600),
    Interaction: 600,
    RefreshToken: seconds('REFRESH_TOKEN_TTL', 14 * 24 * 3600),
    Session: 14 * 24 * 3600,
  },
};
