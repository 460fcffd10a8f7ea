// Every feature on.

import { randomBytes } from 'node:crypto';

import { claims, findAccount } from './accounts.mjs';
import { MemoryAdapter } from './adapter.mjs';
import { endpointAliases, mTLS } from './certificates.mjs';
import { ciba, httpOptions } from './ciba.mjs';
import { allClients } from './clients.mjs';
import { environment } from './environment.mjs';
import { providerKeys } from './keys.mjs';
import { resourceIndicators, richAuthorizationRequests } from './resources.mjs';

const on = { enabled: true };

const SIGNING = [
  'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'HS256', 'HS384', 'HS512',
];
const ENCRYPTION = [
  'RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512', 'ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW',
  'ECDH-ES+A256KW', 'A128KW', 'A192KW', 'A256KW', 'A128GCMKW', 'A192GCMKW', 'A256GCMKW', 'dir',
];
const CONTENT = ['A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512', 'A128GCM', 'A192GCM', 'A256GCM'];

const algorithms = (kind, values, uses) => Object.fromEntries(uses.map((use) => [`${use}${kind}AlgValues`, values]));
const SIGNED = ['idToken', 'requestObject', 'userinfo', 'introspection', 'authorization'];

const enabledJWA = {
  ...algorithms('Signing', SIGNING, [...SIGNED, 'clientAuth']),
  ...algorithms('Encryption', ENCRYPTION, SIGNED),
  ...Object.fromEntries(SIGNED.map((use) => [`${use}EncryptionEncValues`, CONTENT])),
  dPoPSigningAlgValues: SIGNING.filter((algorithm) => !algorithm.startsWith('HS')),
};

const features = {
  backchannelLogout: on,
  ciba,
  claimsParameter: on,
  clientCredentials: on,
  deviceFlow: on,
  devInteractions: { enabled: false },
  dPoP: {
    enabled: true,
    nonceSecret: randomBytes(32),
    requireNonce: ({ oidc }) => oidc.client?.clientId === 'dpop-nonce' || environment.dpopNonceAt.includes(oidc.route),
  },
  encryption: on,
  introspection: { enabled: true, allowedPolicy: async () => true },
  jwtIntrospection: on,
  jwtResponseModes: on,
  jwtUserinfo: on,
  mTLS,
  pushedAuthorizationRequests: on,
  registration: { enabled: true, initialAccessToken: environment.initialAccessToken },
  registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
  requestObjects: {
    request: true,
    requestUri: true,
    requireSignedRequestObject: environment.requireSignedRequestObject,
  },
  resourceIndicators,
  revocation: on,
  richAuthorizationRequests,
  rpInitiatedLogout: {
    enabled: true,
    // The person agrees to be logged out; the browser has only to send the form.
    logoutSource: async (ctx, form) => {
      ctx.body = `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>`;
    },
  },
  userinfo: on,
};

export async function configuration(issuer, tlsIssuer) {
  return {
    acrValues: ['urn:example:silver', 'urn:example:gold'],
    adapter: MemoryAdapter,
    claims,
    clientAuthMethods: [
      'client_secret_basic', 'client_secret_jwt', 'client_secret_post', 'private_key_jwt', 'tls_client_auth',
      'self_signed_tls_client_auth', 'none',
    ],
    clientBasedCORS: () => false,
    clients: allClients(),
    cookies: { keys: ['not so secret'] },
    discovery: { mtls_endpoint_aliases: endpointAliases(tlsIssuer) },
    enabledJWA,
    // Of the grants in grants/.
    extraTokenClaims: (ctx) => ctx?.state.extraTokenClaims,
    features,
    findAccount,
    httpOptions,
    interactions: { url: (_, { uid }) => `${environment.issuerPath}/interaction/${uid}` },
    issueRefreshToken: async (_, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    jwks: await providerKeys(),
    pkce: { methods: ['S256'], required: () => true },
    responseTypes: ['code', 'code id_token', 'code token', 'code id_token token', 'id_token', 'none'],
    rotateRefreshToken: true,
    scopes: ['openid', 'offline_access', 'read', 'write'],
    ttl: environment.ttl,
  };
}
