// npm's `jose` by lines of JSON, so that the tests can hold grantkit's encryption against another's: each line that comes in is
// `{ "generate" | "encrypt" | "decrypt": { … } }`, and is answered by a line.

import { createInterface } from 'node:readline';

import { base64url, CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK } from 'jose';

const commands = {
  async generate({ alg, crv }) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { crv, extractable: true });
    return { private: await exportJWK(privateKey), public: await exportJWK(publicKey) };
  },
  async encrypt({ jwk, alg, enc, parties, text }) {
    const jwe = new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader({ alg, enc });
    if (parties) {
      const [apu, apv] = parties.map((name) => base64url.decode(name));
      jwe.setKeyManagementParameters({ apu, apv });
    }
    return jwe.encrypt(await importJWK(jwk, alg));
  },
  async decrypt({ jwk, alg, token }) {
    const { plaintext, protectedHeader } = await compactDecrypt(token, await importJWK(jwk, alg));
    return { header: protectedHeader, text: new TextDecoder().decode(plaintext) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [[name, parameters]] = Object.entries(JSON.parse(line));
  console.log(JSON.stringify(await commands[name](parameters)));
}
