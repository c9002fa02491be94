import { CONFIGURED } from '../configured-settings';
import { readDestination } from '../emit/destination';
import type { PostLoginApi } from '../types';
import { invitationUrlOf } from './invitation-url';
import { keepPending, pendingInvitation } from './pending-invitation';
import { type Redemption, redeemInvitation } from './redeem-invitation';

/** An invitation that is to be redeemed at a login. */
export interface LoginInvitation {
  /** May reject with `NotEmitted`. */
  redeem(budgetMs: number): Promise<Redemption>;
  /** Keeps it for the next login, or forgets it where it is redeemed or never will be. */
  settle(api: Pick<PostLoginApi, 'user'>, redemption: Redemption | undefined): void;
}

/** Left of a login's budget once it has waited: to find out whether there is a page that it can go on waiting on. */
const RESERVE_MS = 500;

/** The invitation of a login; undefined of almost every one. */
export function invitationOf(event: unknown, now: () => number): LoginInvitation | undefined {
  const url = invitationUrlOf(event);
  const at = now();
  const pending = url === undefined ? undefined : pendingInvitation(event, at);
  if (url === undefined || pending === undefined) return undefined;
  return {
    redeem: async (budgetMs) => {
      const { signingSecret } = readDestination(event);
      const where = { url: `${url}redemption`, signingSecret, budgetMs };
      // Who brings it comes from our own page, and waits there for what it grants.
      const waits = pending.brought?.seenAt === at ? {} : { waitUntil: now() + budgetMs - RESERVE_MS };
      const question = { ...where, ...waits, pending, attributes: CONFIGURED.attributes };
      return redeemInvitation(event, question, { fetch: globalThis.fetch, now });
    },
    settle: (api, redemption) => keepPending(event, api, pending, redemption?.outcome !== undefined),
  };
}
