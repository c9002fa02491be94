import type { UserEvent } from '../../../events/event-schema';
import { checkEvent } from '../../../events/parse-event';
import { comparedAddress } from '../../../lambdas/invitations/email-ref';
import { type RedeemDeps, type Redemption, redeem } from '../../../lambdas/invitations/redeem';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { aLink } from '../../helpers/links';
import { anInvitation, createInvitationsInMemory, ID, NOW } from './helpers/invitations';

const BORN = '2026-11-22T09:30:00.000Z';
const GOOGLE = { name: 'google', strategy: 'google-oauth2' };
const DATABASE = { name: 'Username-Password-Authentication', strategy: 'auth0' };

const ada = (fields: Partial<Redemption['user']> = {}) =>
  ({
    ...{ user_id: 'auth0|ada', created_at: BORN, updated_at: BORN },
    ...{ email: 'Ada@Example.com', email_verified: true, ...fields },
  }) as Redemption['user'];

/** Redeeming over a table in memory; `links` are those of everybody. */
function redeeming(invitation: Parameters<typeof anInvitation>[0] = {}, overrides: Partial<RedeemDeps> = {}) {
  const table = createInvitationsInMemory(anInvitation(invitation));
  const published: UserEvent[] = [];
  const state = { now: NOW, topicFails: false, links: [] as UserLink[] };
  const deps: RedeemDeps = {
    invitations: table.invitations,
    userRefOf: async (userId) => `ref:${userId}`,
    emailRefOf: async (email) => `ref-of-${comparedAddress(email)}`,
    linksOf: async (userRef) => state.links.filter((link) => link.userRef === userRef),
    trusted: { strategies: ['auth0'], connections: [] },
    attributes: ['given_name', 'app_metadata.invitation.funnelId', 'app_metadata.invitation.absent'],
    publish: async (event) => {
      if (state.topicFails) throw new Error('the topic is unavailable');
      published.push(event);
    },
    now: () => state.now,
    ...overrides,
  };
  const by = (user = ada(), connection = DATABASE, id = ID) =>
    redeem(deps, { id, user, connection, requestId: 'request-1' });
  const outcome = async (...args: Parameters<typeof by>) => (await by(...args)).outcome;
  return { ...table, table: table.state, deps, published, state, by, outcome };
}

describe('an invitation that is redeemed', () => {
  test('is the person’s, and every system is told what it brought', async () => {
    const { outcome, only, published } = redeeming({
      roles: ['editor'],
      data: { funnelId: 'F-1', other: 2 },
    });
    expect(await outcome(ada({ given_name: 'Ada' }))).toBe('redeemed');
    expect(only()).toMatchObject({
      ...{ state: 'redeemed', redeemedBy: 'ref:auth0|ada', redeemedByUserId: 'auth0|ada', generation: BORN },
      redeemedAt: '2026-11-22T10:00:00.000Z',
    });
    expect([only().due, only().dueAt]).toEqual([undefined, undefined]);
    const [event] = published as [UserEvent];
    expect(event).toMatchObject({
      ...{ id: `invitation-${ID}`, type: 'invitation.accepted', time: '2026-11-22T10:00:00.000Z' },
      data: {
        user: { user_id: 'auth0|ada', given_name: 'Ada', app_metadata_invitation_funnelId: 'F-1' },
        ...{
          connection: DATABASE,
          invitation: { id: ID, roles: ['editor'], data: { funnelId: 'F-1', other: 2 } },
        },
      },
    });
    expect(event.data.user).not.toHaveProperty('updated_at');
    expect(checkEvent(event)).toMatchObject({ ok: true });
  });

  test('tells its own id, as the profile will, whatever its data call so', async () => {
    const attributes = ['app_metadata.invitation.id'];
    const { outcome, published } = redeeming({ data: { id: 'mine' } }, { attributes });
    expect(await outcome()).toBe('redeemed');
    expect(published[0]?.data.user).toMatchObject({ app_metadata_invitation_id: ID });
  });

  test('may be redeemed again by the same person, after its time too, and brings back nothing that was taken away since', async () => {
    const { outcome, published, state, only } = redeeming();
    await outcome();
    const toldAt = only().toldAt;
    state.now += 30 * 24 * 60 * 60_000;
    expect(await outcome()).toBe('redeemed');
    expect(published.map(({ id }) => id)).toEqual([`invitation-${ID}`]);
    expect([toldAt, only().toldAt]).toEqual(['2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00.000Z']);
  });

  test('is told of again where nobody knows whether it was, under the same id', async () => {
    const { by, outcome, published, only, deps } = redeeming();
    const { invitations } = deps;
    const { replace } = invitations;
    jest.spyOn(invitations, 'replace').mockImplementation(async (wanted, row) => {
      if (wanted.toldAt !== undefined) throw new Error('the table is unavailable');
      return replace(wanted, row);
    });
    await expect(by()).rejects.toThrow();
    expect(only()).not.toHaveProperty('toldAt');
    jest.restoreAllMocks();
    expect(await outcome()).toBe('redeemed');
    expect(published.map(({ id }) => id)).toEqual([`invitation-${ID}`, `invitation-${ID}`]);
    expect(only()).toHaveProperty('toldAt');
  });

  test('is not lost when the systems could not be told: the same call tells them', async () => {
    const { by, outcome, published, state, only } = redeeming();
    state.topicFails = true;
    await expect(by()).rejects.toThrow();
    expect(only().state).toBe('redeemed');
    state.topicFails = false;
    expect(await outcome()).toBe('redeemed');
    expect(published).toHaveLength(1);
  });

  test('is as it was when the table is away', async () => {
    const { by, outcome, only, table } = redeeming();
    table.failing = true;
    await expect(by()).rejects.toThrow();
    table.failing = false;
    expect(only().state).toBe('open');
    expect(await outcome()).toBe('redeemed');
  });

  test('rejects another person, and the same id in another life', async () => {
    const { outcome, published } = redeeming();
    await outcome();
    expect(await outcome(ada({ user_id: 'auth0|eve' }))).toBe('invitation-used');
    expect(await outcome(ada({ created_at: '2026-11-22T09:59:00.000Z' }))).toBe('invitation-used');
    expect(published).toHaveLength(1);
  });

  test('is one person’s of two at the same moment', async () => {
    const { outcome, published, only } = redeeming();
    const people = ['auth0|ada', 'auth0|eve', 'auth0|bob'];
    const outcomes = await Promise.all(people.map((user_id) => outcome(ada({ user_id }))));
    expect(outcomes.filter((one) => one === 'redeemed')).toHaveLength(1);
    expect(outcomes.filter((one) => one === 'invitation-used')).toHaveLength(2);
    expect(published.map(({ data }) => data.user.user_id)).toEqual([only().redeemedByUserId]);
  });
});

describe('an invitation that is not open', () => {
  test.each([
    ['invitation-expired', { expiresAt: '2026-11-22T10:00:00.000Z' }],
    ['invitation-expired', { state: 'expired' }],
    ['invitation-revoked', { state: 'revoked' }],
    ['invitation-used', { state: 'redeemed', redeemedBy: 'ref:auth0|eve', generation: BORN }],
  ] as const)('rejects with %s, and changes nothing', async (code, row) => {
    const { outcome, published, table } = redeeming(row);
    expect(await outcome()).toBe(code);
    expect([published.length, table.writes]).toEqual([0, 0]);
  });

  test('rejects what is none', async () => {
    expect(await redeeming().outcome(ada(), DATABASE, 'x'.repeat(22))).toBe('invitation-unknown');
  });
});

describe('an invitation for a verified address', () => {
  const bound = { bind: 'verified-email' } as const;

  test('is for who has it, in any spelling', async () => {
    expect(await redeeming(bound).outcome(ada({ email: 'ADA@example.COM' }))).toBe('redeemed');
  });

  test('rejects another address, and consumes nothing', async () => {
    const { outcome, only } = redeeming(bound);
    expect(await outcome(ada({ user_id: 'auth0|eve', email: 'eve@example.com' }))).toBe('wrong-account');
    expect(await outcome(ada({ user_id: 'auth0|eve', email: undefined }))).toBe('wrong-account');
    expect(only().state).toBe('open');
    expect(await outcome()).toBe('redeemed');
  });

  test('rejects who registered the address before and never showed that it is theirs', async () => {
    const { outcome } = redeeming(bound);
    expect(await outcome(ada({ user_id: 'auth0|attacker', email_verified: false }))).toBe(
      'address-unverified',
    );
    expect(await outcome(ada({ user_id: 'auth0|attacker', email_verified: undefined }))).toBe(
      'address-unverified',
    );
  });

  test('takes the word of a connection that is trusted alone, for the account that is of it', async () => {
    const trusted = { strategies: ['auth0', 'google-oauth2'], connections: [] };
    const byGoogle = ada({ user_id: 'google-oauth2|1' });
    expect(await redeeming(bound).outcome(byGoogle, GOOGLE)).toBe('address-unverified');
    expect(await redeeming(bound, { trusted }).outcome(byGoogle, GOOGLE)).toBe('redeemed');
    const anybodys = { name: 'anybodys', strategy: 'samlp' };
    expect(await redeeming(bound, { trusted }).outcome(ada({ user_id: 'samlp|anybodys|1' }), anybodys)).toBe(
      'address-unverified',
    );
    // The profile is one that somebody's own connection made, whatever they came by today.
    expect(await redeeming(bound, { trusted }).outcome(ada({ user_id: 'samlp|anybodys|1' }), DATABASE)).toBe(
      'address-unverified',
    );
  });

  test('is for whom it was made ahead once the address is theirs, though no connection is trusted', async () => {
    const trusted = { strategies: [], connections: [] };
    const ahead = { ...bound, mode: 'precreate', precreated: 'auth0|ada' } as const;
    const comes = (user: Redemption['user']) => redeeming(ahead, { trusted }).outcome(user);
    expect(await comes(ada({ email_verified: false }))).toBe('address-unverified');
    expect(await comes(ada({ user_id: 'auth0|eve' }))).toBe('address-unverified');
    expect(await comes(ada({ email: 'eve@example.com' }))).toBe('wrong-account');
    expect(await comes(ada())).toBe('redeemed');
  });

  test('rejects everybody once its address is forgotten', async () => {
    const { outcome, rows, only } = redeeming(bound);
    const { emailRef: _emailRef, email: _email, ...rest } = only();
    rows.set(ID, rest);
    expect(await outcome()).toBe('wrong-account');
    expect(await outcome(ada({ email: undefined }))).toBe('wrong-account');
  });
});

describe('an invitation for whoever has it', () => {
  test('takes any address, at any connection, verified or not', async () => {
    const other = ada({ user_id: 'google-oauth2|1', email: 'ada.private@gmail.com', email_verified: false });
    expect(await redeeming().outcome(other, GOOGLE)).toBe('redeemed');
  });
});

describe('somebody who is gone', () => {
  const gone = (link: Partial<UserLink>) => aLink({ userRef: 'ref:auth0|ada', generation: BORN, ...link });

  test.each([
    ['blocked', { blocked: true, blockedAt: NOW }],
    ['deleted', { state: 'deprovisioned', code: 'deleted' }],
    ['erased', { state: 'deprovisioned', code: 'erased' }],
  ] as const)('rejects who was %s', async (_, link) => {
    const { outcome, state, only } = redeeming();
    state.links = [gone(link as Partial<UserLink>)];
    expect(await outcome()).toBe('wrong-account');
    expect(only().state).toBe('open');
  });

  test('rejects an earlier life than the one that is known, and takes a later one', async () => {
    const { outcome, state } = redeeming();
    state.links = [gone({ generation: '2026-11-22T09:45:00.000Z' })];
    expect(await outcome()).toBe('wrong-account');
    expect(await outcome(ada({ created_at: '2026-11-22T09:50:00.000Z' }))).toBe('redeemed');
  });
});
