// The provider: configured, with its own counters and the grants that it does not bring along.

import Provider from 'oidc-provider';

import { configuration } from './configuration.mjs';
import { environment } from './environment.mjs';
import { registerGrants } from './grants.mjs';
import { interact } from './interaction.mjs';
import { Stats } from './stats.mjs';

export async function createProvider(issuer, tlsIssuer) {
  const provider = new Provider(issuer, await configuration(issuer, tlsIssuer));
  registerGrants(provider);
  const stats = new Stats(provider);
  provider.use(stats.middleware);
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/interaction/')) {
      await interact(provider, ctx);
      return;
    }
    await next();
    if (['device_authorization', 'backchannel_authentication'].includes(ctx.oidc?.route) && ctx.status === 200) {
      ctx.body.interval = environment.pollInterval;
    }
  });
  // What goes wrong here is a mistake of this script: let the test show it.
  provider.on('server_error', (_, error) => console.error(error));
  return { provider, stats };
}
