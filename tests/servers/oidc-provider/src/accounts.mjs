// The people. Whoever is asked for is there, but for `nobody`.

export const claims = {
  address: ['address'],
  email: ['email', 'email_verified'],
  openid: ['sub', 'auth_time', 'acr', 'amr'],
  profile: ['family_name', 'given_name', 'name', 'preferred_username', 'updated_at'],
};

export async function findAccount(_, accountId) {
  if (accountId === 'nobody') return undefined;
  const given = accountId[0].toUpperCase() + accountId.slice(1);
  return {
    accountId,
    claims: async () => ({
      sub: accountId,
      address: { country: 'Wonderland' },
      email: `${accountId}@example.com`,
      email_verified: true,
      family_name: 'Liddell',
      given_name: given,
      name: `${given} Liddell`,
      preferred_username: accountId,
      updated_at: 1_700_000_000,
    }),
  };
}
