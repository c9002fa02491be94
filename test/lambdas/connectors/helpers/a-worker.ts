import { buildEvent } from '../../../../events/build-event';
import type { EventUser } from '../../../../events/event-schema';
import type { EventType } from '../../../../events/event-types';
import type { AcceptedEvent } from '../../../../lambdas/connectors/authenticity/accepted-event';
import { createMapping } from '../../../../lambdas/connectors/intent/mapping';
import { createScope } from '../../../../lambdas/connectors/intent/scope';
import { createProvision } from '../../../../lambdas/connectors/provision';
import type { ProvisionDeps } from '../../../../lambdas/connectors/provision-deps';
import type { UserLink } from '../../../../lambdas/user-links/user-link';
import { createReservationsInMemory, NO_ADOPTION } from '../../../helpers/adoption';
import { anAcceptedEvent, anEvent, NOW } from '../../../helpers/events';
import { OPEN_GATE } from '../../../helpers/gate';
import { aLink, createLinksInMemory } from '../../../helpers/links';
import { createRemoteSystem } from '../../../helpers/remote-system';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const LEASE = 90 * SECOND;
export const SETTLE = 15 * SECOND;
export const LEAVE_AFTER = 15 * MINUTE;
export const GRACE = 30 * DAY;

const EMAIL_ALONE = createMapping([{ to: 'email', from: ['email'] }]);

/** A worker of `crm` with a table, a system and a clock of its own. */
export function aWorker(settings: Partial<ProvisionDeps> = {}) {
  const table = createLinksInMemory();
  const remote = createRemoteSystem();
  const { reservations, holders } = createReservationsInMemory();
  const clock = { now: NOW };
  let tokens = 0;
  const provision = createProvision({
    system: 'crm',
    links: table.links,
    connector: remote.connector,
    mapping: EMAIL_ALONE,
    adoption: NO_ADOPTION,
    reservations,
    identify: async (userId) => ({ userRef: `ref:${userId}`, externalId: `acme/dev/${userId}` }),
    accountRefOf: async (accountId, instance) =>
      `account:${instance === undefined ? '' : `${instance}/`}${accountId}`,
    gate: OPEN_GATE,
    admitDeletion: async () => true,
    now: () => clock.now,
    random: () => 0.5,
    newToken: () => `token-${++tokens}`,
    leaseMs: LEASE,
    settleMs: SETTLE,
    retry: { baseMs: SECOND, capMs: 900 * SECOND, horizonMs: 24 * HOUR, minAttempts: 5, budgetMs: 60 * HOUR },
    leave: { ending: 'delete', afterMs: LEAVE_AFTER, graceMs: GRACE, onLeaveScope: 'disable' },
    scope: createScope(null),
    provisionAt: 'registration',
    jit: null,
    after: [],
    ...settings,
  });
  const run = async (fields: Partial<AcceptedEvent> = {}) =>
    (await provision(anAcceptedEvent(fields))).outcome;
  /** Tells of a user as their profile was `after` milliseconds from the registration. */
  const tell = (type: EventType, user: Partial<EventUser> = {}, after = 0) => {
    const updated_at = new Date(NOW + after).toISOString();
    return run({ event: anEvent({ type, user: { updated_at, ...user } }), acceptedAt: clock.now });
  };
  /** The sweeper's reminder; it comes at `at` milliseconds after the registration. */
  const remindAt = (at: number, userId = 'auth0|1') => {
    clock.now = NOW + at;
    const parts = { id: 'due_1', source: 'urn:punctual:sweeper', type: 'link.due', system: 'crm' } as const;
    const event = buildEvent({ ...parts, at: clock.now, user: { user_id: userId } });
    return run({ event, route: 'internal', acceptedAt: clock.now });
  };
  const put = (link = aLink()) => table.rows.set(`${link.userRef}/${link.system}`, link);
  const link = (userId = 'auth0|1') => table.rows.get(`ref:${userId}/crm`) as UserLink;
  return { table, remote, holders, clock, provision, run, tell, remindAt, put, link };
}

export const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};
