// Client-initiated backchannel authentication: the person answers when the test says so, see test_requests.mjs.

import { Agent } from 'node:https';
import { connect } from 'node:net';
import { decodeJwt } from 'jose';

import { CustomOIDCProviderError } from './errors.mjs';

const USER_CODE = '1234';

export const ciba = {
  enabled: true,
  deliveryModes: ['poll', 'ping'],
  processLoginHint: async (_, hint) => hint,
  // Whose token it is, a real provider would verify; how is between it and who issues them.
  processLoginHintToken: async (_, token) => decodeJwt(token).sub,
  async verifyUserCode({ oidc: { client, params } }) {
    if (client.backchannelUserCodeParameter && params.user_code !== USER_CODE) {
      const [error, text] = params.user_code ? ['invalid_user_code', 'it is another'] : ['missing_user_code', 'one is needed'];
      throw new CustomOIDCProviderError(error, text);
    }
  },
  validateRequestContext: async () => {},
  triggerAuthenticationDevice: async () => {},
};

/**
 * The provider only pings `https` addresses, and the listener in a test has no certificate: what is for 127.0.0.1 goes
 * there in plain HTTP.
 */
export function httpOptions({ hostname, protocol }) {
  if (hostname !== '127.0.0.1' || protocol !== 'https:') return {};
  const agent = new Agent();
  agent.createConnection = ({ host, port }) => connect(port, host);
  return { agent };
}
