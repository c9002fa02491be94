import type { Invitation } from '../../../../events/invitations/invitation';
import { hasLoggedIn } from '../../../../events/invitations/precreated';
import type { Profile } from '../../../../lambdas/auth0/management-api';
import { revokeInvitation } from '../../../../lambdas/invitations/api/revoke-invitation';
import { changeInvitation } from '../../../../lambdas/invitations/change-invitation';
import { forgetPerson } from '../../../../lambdas/invitations/forget-person';
import { prepare } from '../../../../lambdas/invitations/precreate/prepare';
import { undo } from '../../../../lambdas/invitations/precreate/undo';
import { createInvitationSweep } from '../../../../lambdas/invitations/sweep-invitations';
import { redeemed } from '../../../../lambdas/invitations/transitions';
import { everyWay, interleaved, type Pick, type Turn } from '../../../helpers/every-way';
import { anInvitation, createInvitationsInMemory, ID, NOW } from '../helpers/invitations';
import { AnAuth0 } from './helpers/an-auth0';

const MINUTE = 60_000;
const ENDS = Date.parse('2026-11-29T10:00:00.000Z');
const KEEP = 30 * 24 * 60 * MINUTE;

const GRACE = { userRef: 'ref:grace', userId: 'google-oauth2|grace', generation: '2026-01-01T00:00:00.000Z' };

const tellLeaving = async () => undefined;

function aWorld(pick: Pick) {
  const auth0 = new AnAuth0();
  const table = createInvitationsInMemory(anInvitation({ mode: 'precreate' }));
  const clock = { now: NOW };
  const now = () => clock.now;
  const creating = (['done', 'answer-lost', 'late'] as const)[pick(3)];
  if (creating !== 'done') auth0.faults.push({ name: 'createUser', fault: creating ?? 'late' });
  /** Both with their steps: what others may come between. */
  const seenBy = (turn: Turn) => {
    const step =
      <Args extends unknown[], T>(act: (...args: Args) => Promise<T>) =>
      async (...args: Args) => {
        await turn();
        return act(...args);
      };
    const { usersByEmail, createUser, deleteUser } = auth0.api;
    const api = {
      ...auth0.api,
      ...{ usersByEmail: step(usersByEmail), createUser: step(createUser), deleteUser: step(deleteUser) },
    };
    return { api, invitations: { ...table.invitations, replace: step(table.invitations.replace) } };
  };
  const mail = async (turn: Turn) => {
    const row = table.only();
    const terms = { trusted: { strategies: ['auth0'], connections: [] }, attributes: [] };
    const closed = async () => ({ outcome: 'wrong-account' }) as const;
    const where = { connection: 'Username-Password-Authentication', clientIds: {} };
    await prepare({ ...seenBy(turn), ...terms, ...where, now, redeem: closed }, row, 'request-1');
  };
  const sweep = (turn: Turn) => {
    const { api, invitations } = seenBy(turn);
    return createInvitationSweep({
      ...{ invitations, now, keepMs: KEEP, budgetMs: MINUTE, log: () => undefined },
      undo: (row) => undo({ api, tellLeaving }, row),
    })();
  };
  return { auth0, table, clock, now, seenBy, mail, sweep };
}

type World = ReturnType<typeof aWorld>;
type End = (world: World, turn: Turn) => Promise<unknown>;

const ENDINGS: Record<string, End> = {
  'is revoked': ({ seenBy, now }, turn) => {
    const { api, invitations } = seenBy(turn);
    const deps = {
      invitations,
      now,
      terms: { keepAddressDays: 30 },
      undo: (row: Invitation) => undo({ api, tellLeaving }, row),
    };
    return revokeInvitation(deps as never, { path: { invitation: ID } } as never);
  },
  expires: async ({ clock, sweep }, turn) => {
    await turn();
    clock.now = ENDS;
    await sweep(turn);
  },
  'is erased': ({ table, seenBy, now }, turn) => {
    const { api, invitations } = seenBy(turn);
    const deps = { invitations: { ...table.invitations, ...invitations }, now };
    const person = { userRef: 'ref:ada', emailRef: 'ref-of-ada@example.com' };
    return forgetPerson(
      { ...deps, undo: (row) => undo({ api, tellLeaving }, row) },
      person,
      '2026-11-22T10:00:00.000Z',
    );
  },
  'is accepted by somebody else': ({ seenBy, now }, turn) =>
    changeInvitation(seenBy(turn).invitations, ID, (row) => redeemed(row, GRACE, now())),
};

const isLeft = (profile: Profile) => !hasLoggedIn(profile);

test.each(Object.entries(ENDINGS))(
  'an invitation that %s leaves nobody behind, whatever comes first, fails, dies or is late',
  async (_, end) => {
    const plays = await everyWay(async (pick) => {
      const world = aWorld(pick);
      const { auth0, table, clock, mail, sweep } = world;
      const go: Turn = async () => undefined;
      // A function that dies stops before one of its steps, and Auth0 may have no time for the first who deletes.
      if (pick(2) === 1)
        auth0.faults.push({ name: 'deleteUser', fault: { outcome: 'limited', retryAfterMs: 60_000 } });
      const dies = pick(2) === 1;
      const mortal =
        (turn: Turn): Turn =>
        async () => {
          if (dies && pick(2) === 1) throw new Error('The function died.');
          return turn();
        };
      await interleaved(pick, [(turn) => mail(mortal(turn)), (turn) => end(world, turn)]);
      await sweep(go).catch(() => undefined);
      for (const act of auth0.late.splice(0)) act();
      for (let time = 0; time < 12; time += 1) {
        clock.now += 5 * MINUTE;
        await sweep(go).catch(() => undefined);
      }
      expect([...auth0.users.values()].filter(isLeft)).toEqual([]);
      expect(table.only()).not.toHaveProperty('precreated');
    });
    expect(plays).toBeGreaterThan(50);
  },
);
