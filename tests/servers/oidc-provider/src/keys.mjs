// The provider's keys: one for each algorithm family, new in every run.

import { exportJWK, generateKeyPair } from 'jose';

async function key(alg, use, options) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, ...options });
  return { ...(await exportJWK(privateKey)), use };
}

export async function providerKeys() {
  return {
    keys: await Promise.all([
      key('RS256', 'sig'), // and PS256, …, for which it says no `alg`
      key('ES256', 'sig'),
      key('ES384', 'sig'),
      key('ES512', 'sig'),
      key('EdDSA', 'sig', { crv: 'Ed25519' }),
      key('RSA-OAEP-256', 'enc'),
      key('ECDH-ES', 'enc', { crv: 'P-256' }),
    ]),
  };
}
