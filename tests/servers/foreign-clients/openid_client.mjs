// npm's `openid-client`, and `oauth4webapi`, on which it stands, for the metadata of the API: from the API's URL to its answers.
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { REDIRECT_URI, read, report, visit } from './browser.mjs';

const api = new URL(process.argv[2]);
const found = await oauth.resourceDiscoveryRequest(api, { [oauth.allowInsecureRequests]: true });
const resource = await oauth.processResourceDiscoveryResponse(api, found);

const config = await client.dynamicClientRegistration(
  new URL(resource.authorization_servers[0]),
  { client_name: 'openid-client', redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'client_secret_basic' },
  client.ClientSecretBasic(),
  { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
);
// Verifies signatures, too, which it otherwise leaves to TLS.
client.enableNonRepudiationChecks(config);

const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
const login = client.buildAuthorizationUrl(config, {
  redirect_uri: REDIRECT_URI,
  scope: 'openid offline_access read',
  resource: resource.resource,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
});
const callback = await visit(login);
const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
const tokens = await client.authorizationCodeGrant(config, callback, checks, { resource: resource.resource });
const { sub } = tokens.claims();
const userinfo = await client.fetchUserInfo(config, tokens.access_token, sub);
const call = async (token) => read(await client.fetchProtectedResource(config, token, api, 'GET'));
const first = await call(tokens.access_token);

const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token, { resource: resource.resource });
const second = await call(refreshed.access_token);
report({
  issuer: config.serverMetadata().issuer,
  client_id: config.clientMetadata().client_id,
  answers: [first, second],
  tokens: [tokens.access_token, refreshed.access_token],
  id_token_subject: sub,
  userinfo,
});
