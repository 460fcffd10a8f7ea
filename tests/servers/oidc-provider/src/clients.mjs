// The clients, by what each is for. The tests name them; a test that has keys of its own gives them in CLIENTS.

import { environment } from './environment.mjs';

export const CIBA = 'urn:openid:params:grant-type:ciba';
export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const WEB_REDIRECT = 'https://app.example/callback';
const NATIVE_REDIRECTS = ['http://127.0.0.1/callback', 'http://[::1]/callback', 'com.example.app:/callback'];
// With all that has to be form-encoded in an Authorization header (RFC 6749 §2.3.1), and long enough for HS512.
const SECRET = 's3cret of: 100% + a&b=c "d" \\ / ~ and then some, so that it is sixty-four bytes';

const confidential = {
  authorization_details_types: ['payment_initiation'],
  backchannel_token_delivery_mode: 'poll',
  client_secret: SECRET,
  grant_types: [
    'authorization_code', 'client_credentials', 'password', 'refresh_token', CIBA, DEVICE_CODE, JWT_BEARER, TOKEN_EXCHANGE,
  ],
  post_logout_redirect_uris: ['https://app.example/logged-out'],
  redirect_uris: [WEB_REDIRECT],
};

const native = {
  application_type: 'native',
  grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
  redirect_uris: NATIVE_REDIRECTS,
  token_endpoint_auth_method: 'none',
};

const byAlgorithm = ['RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'HS256', 'HS384', 'HS512'];

const clients = {
  // How they authenticate.
  basic: confidential,
  post: { ...confidential, token_endpoint_auth_method: 'client_secret_post' },
  'secret-jwt': { ...confidential, token_endpoint_auth_method: 'client_secret_jwt' },
  'private-key-jwt': { ...confidential, token_endpoint_auth_method: 'private_key_jwt' },
  tls: {
    ...confidential,
    tls_client_auth_san_dns: 'client.example',
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_method: 'tls_client_auth',
  },
  'self-signed-tls': {
    ...confidential,
    tls_client_certificate_bound_access_tokens: true,
    token_endpoint_auth_method: 'self_signed_tls_client_auth',
  },
  public: native,
  // What they may ask for.
  'read-only': { ...confidential, scope: 'openid read' },
  'code-only': { ...confidential, grant_types: ['authorization_code'], backchannel_token_delivery_mode: undefined },
  // How their ID tokens are signed: `id-token-PS256` and so on; RS256 is what every other client has.
  ...Object.fromEntries(byAlgorithm.map((algorithm) =>
    [`id-token-${algorithm}`, { ...confidential, id_token_signed_response_alg: algorithm }])),
  // Authorization requests and responses.
  par: { ...confidential, require_pushed_authorization_requests: true },
  jar: { ...confidential, require_signed_request_object: true },
  jarm: { ...confidential, response_modes: ['jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt'] },
  hybrid: {
    ...confidential,
    grant_types: [...confidential.grant_types, 'implicit'],
    response_types: ['code', 'code id_token', 'code token', 'code id_token token'],
  },
  // Endpoints.
  'signed-userinfo': { ...confidential, userinfo_signed_response_alg: 'ES256' },
  'signed-introspection': { ...confidential, introspection_signed_response_alg: 'ES256' },
  // Proof of possession.
  dpop: { ...confidential, dpop_bound_access_tokens: true },
  'dpop-nonce': { ...confidential, dpop_bound_access_tokens: true },
  'dpop-public': { ...native, dpop_bound_access_tokens: true },
  // On another device.
  device: native,
  ciba: confidential,
  'ciba-user-code': { ...confidential, backchannel_user_code_parameter: true },
};

/** Without keys these are none yet. */
function lacksKeys({ jwks, jwks_uri: jwksUri, token_endpoint_auth_method: method }) {
  return !jwks && !jwksUri && ['private_key_jwt', 'self_signed_tls_client_auth'].includes(method);
}

export function allClients() {
  const all = new Map(Object.entries(clients));
  for (const { client_id: id, ...metadata } of environment.clients) {
    all.set(id, { ...(all.get(id) ?? confidential), ...metadata });
  }
  return [...all]
    .filter(([, metadata]) => !lacksKeys(metadata))
    .map(([id, metadata]) => ({ client_id: id, ...metadata }));
}
