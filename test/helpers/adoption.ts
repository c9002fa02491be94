import type { AdoptionPolicy } from '../../lambdas/connectors/accounts/adoption';
import type { Reservations } from '../../lambdas/connectors/accounts/reservations';

/** What a system says that has no rule: nobody is adopted but by our externalId. */
export const NO_ADOPTION: AdoptionPolicy = {
  correlate: [],
  adopt: false,
  trustVerifiedEmailFrom: { strategies: ['auth0'], connections: [] },
};

/** Reservations with the conditions of the table. `holders` are userRefs by account. */
export function createReservationsInMemory() {
  const holders = new Map<string, string>();
  const reservations: Reservations = {
    async take(accountId, userRef, former) {
      const holder = holders.get(accountId);
      if (holder !== undefined && holder !== userRef && holder !== former) return holder;
      holders.set(accountId, userRef);
      return undefined;
    },
    holds: async (accountId, userRef) => holders.get(accountId) === userRef,
    async giveBack(accountId, userRef) {
      if (holders.get(accountId) === userRef) holders.delete(accountId);
    },
  };
  return { reservations, holders };
}
