// The person: logs in and consents at once.

import { AccessDenied } from './errors.mjs';
import { grantOf } from './grant_of.mjs';

/** Who is not there, or says no, by the `login_hint`. */
const REFUSES = 'deny';

export async function interact(provider, ctx) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
  const finish = (result) => {
    ctx.respond = false; // `interactionFinished` answers
    return provider.interactionFinished(ctx.req, ctx.res, result);
  };
  if (params.login_hint === REFUSES) {
    const { error, error_description } = new AccessDenied('the person said no');
    return finish({ error, error_description });
  }
  if (prompt.name === 'login') {
    const acr = params.acr_values?.split(' ')[0];
    return finish({ login: { accountId: params.login_hint ?? 'alice', amr: ['pwd'], ...(acr && { acr }) } });
  }
  const grant = grantId ? await provider.Grant.find(grantId) : undefined;
  const consent = await grantOf(provider, {
    grant,
    accountId: session.accountId,
    clientId: params.client_id,
    ...prompt.details,
  });
  return finish({ consent: { grantId: consent } });
}
