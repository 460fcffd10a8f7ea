// A certified OpenID provider for the tests of grantkit: `node server.mjs`, see ../README.md.
//
// It prints one line, `listening <issuer>`, and ends when its standard input does: whoever started it is gone then.

import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';

import { environment } from './src/environment.mjs';
import { createProvider } from './src/provider.mjs';
import { handleTestRequest } from './src/test_requests.mjs';

const { issuerPath, tls } = environment;

async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

// The port is part of the issuer, so the socket comes first.
const server = createServer();
const origin = `http://127.0.0.1:${await listen(server)}`;
const tlsServer = tls && createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: false });
const tlsOrigin = tls && `https://127.0.0.1:${await listen(tlsServer)}`;

const { provider, stats } = await createProvider(origin + issuerPath, tlsOrigin && tlsOrigin + issuerPath);
const answer = provider.callback();

async function handle(request, response) {
  const { pathname, searchParams } = new URL(request.url, origin);
  if (pathname.startsWith('/_test/')) {
    await handleTestRequest(provider, stats, pathname.slice('/_test/'.length), searchParams, response);
    return;
  }
  // RFC 8414 §3.1 puts the issuer's path last; oidc-provider knows the other form only.
  if (pathname === `/.well-known/oauth-authorization-server${issuerPath}`) {
    request.url = `${issuerPath}/.well-known/openid-configuration`;
  }
  if (!request.url.startsWith(issuerPath)) {
    response.writeHead(404).end();
    return;
  }
  // As a framework does where the provider is mounted under a path.
  request.originalUrl = request.url;
  request.url = request.url.slice(issuerPath.length) || '/';
  answer(request, response);
}

server.on('request', handle);
tlsServer?.on('request', handle);
process.stdin.on('end', () => process.exit()).resume();
console.log(`listening ${provider.issuer}`);
