// What a test asks beside the protocol: GET /_test/<name>?<parameters>.

import { AccessDenied } from './errors.mjs';
import { grantOfRequest } from './grant_of.mjs';
import { forgetAll } from './adapter.mjs';

const requests = {
  /** What the server was asked so far. */
  stats: (_, stats) => stats,

  /** The person enters the `user_code` of a device and agrees; with `deny` they refuse. */
  async device(provider, _, { user_code: userCode, account = 'alice', deny }) {
    const code = await provider.DeviceCode.findByUserCode(userCode.replace(/\W/g, ''));
    if (deny) {
      Object.assign(code, { error: 'access_denied', errorDescription: 'the person said no' });
    } else {
      const { clientId, params } = code;
      Object.assign(code, {
        accountId: account,
        authTime: Math.floor(Date.now() / 1000),
        grantId: await grantOfRequest(provider, { accountId: account, clientId, params, resource: params.resource }),
        resource: params.resource,
        scope: params.scope,
      });
    }
    await code.save();
    return {};
  },

  /** The person answers on their own device to the request with this `auth_req_id` (CIBA); with `deny` they refuse. */
  async ciba(provider, _, { auth_req_id: id, deny }) {
    const request = await provider.BackchannelAuthenticationRequest.find(id);
    const result = deny ? new AccessDenied('the person said no') : await grantOfRequest(provider, request);
    await provider.backchannelResult(request, result, { amr: ['hwk'], authTime: Math.floor(Date.now() / 1000) });
    return {};
  },

  /** The open back-channel requests, for who did not start them (CIBA). */
  ciba_requests: (provider) => provider.BackchannelAuthenticationRequest.adapter.ids(),

  /** Forgets every token of a `kind`, such as `AccessToken`, `ClientCredentials`, `RefreshToken`, `Grant`, as after a fault. */
  forget: (_, __, { kind }) => forgetAll(kind),
};

export async function handleTestRequest(provider, stats, name, parameters, response) {
  try {
    const body = await requests[name](provider, stats, Object.fromEntries(parameters));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  } catch (error) {
    response.writeHead(500, { 'content-type': 'text/plain' }).end(error.stack);
  }
}
