// The authorization of npm's `@modelcontextprotocol/sdk`: from the API's challenge to its answers.
import { auth, extractWWWAuthenticateParams } from '@modelcontextprotocol/sdk/client/auth.js';

import { REDIRECT_URI, read, report, visit } from './browser.mjs';

const api = process.argv[2];

/** Keeps everything in memory, and "opens" the browser at once. */
class Provider {
  redirectUrl = REDIRECT_URI;
  clientMetadata = {
    client_name: 'mcp-typescript',
    redirect_uris: [REDIRECT_URI],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    scope: 'read',
  };
  #kept = {};

  state = () => 'of-this-login';
  clientInformation = () => this.#kept.client;
  saveClientInformation = (client) => void (this.#kept.client = client);
  tokens = () => this.#kept.tokens;
  saveTokens = (tokens) => void (this.#kept.tokens = tokens);
  codeVerifier = () => this.#kept.verifier;
  saveCodeVerifier = (verifier) => void (this.#kept.verifier = verifier);
  redirectToAuthorization = async (url) => void (this.callback = await visit(url));
}

const expect = (outcome, wanted) => {
  if (outcome !== wanted) throw new Error(`${outcome} in place of ${wanted}`);
};

const refused = await fetch(api);
expect(refused.status, 401);
const { resourceMetadataUrl } = extractWWWAuthenticateParams(refused);
if (resourceMetadataUrl === undefined) throw new Error('the challenge does not lead to the metadata');

const provider = new Provider();
const options = { serverUrl: api, resourceMetadataUrl };
expect(await auth(provider, options), 'REDIRECT');
expect(provider.callback.searchParams.get('state'), 'of-this-login');
const authorizationCode = provider.callback.searchParams.get('code');
expect(await auth(provider, { ...options, authorizationCode }), 'AUTHORIZED');
const call = async () => read(await fetch(api, { headers: { authorization: `Bearer ${provider.tokens().access_token}` } }));
const tokens = [provider.tokens().access_token];
const answers = [await call()];

// With a refresh token, it refreshes.
expect(await auth(provider, options), 'AUTHORIZED');
tokens.push(provider.tokens().access_token);
answers.push(await call());
const { issuer, client_id } = provider.clientInformation();
report({ issuer, client_id, answers, tokens });
