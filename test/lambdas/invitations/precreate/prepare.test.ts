import type { Invitation } from '../../../../events/invitations/invitation';
import type { Profile } from '../../../../lambdas/auth0/management-api';
import { expired, revoked } from '../../../../lambdas/invitations/ending';
import { newUserOf } from '../../../../lambdas/invitations/precreate/new-user';
import { type PrepareDeps, prepare } from '../../../../lambdas/invitations/precreate/prepare';
import { redeem } from '../../../../lambdas/invitations/redeem';
import { resent } from '../../../../lambdas/invitations/transitions';
import { passwordFault } from '../../../../local/auth0/password-policy';
import { anInvitation, createInvitationsInMemory, ID, NOW } from '../helpers/invitations';
import { AnAuth0, aProfile } from './helpers/an-auth0';

const TRUSTED = { strategies: ['auth0', 'google-oauth2'], connections: [] };

/** An invitation of the mode `precreate` and an Auth0 in which these people are. */
function aSending(profiles: readonly Profile[] = [], given: Partial<Invitation> = {}) {
  const auth0 = new AnAuth0(...profiles);
  const table = createInvitationsInMemory(anInvitation({ mode: 'precreate', ...given }));
  const published: object[] = [];
  const provisioned: string[] = [];
  const terms = { trusted: TRUSTED, attributes: ['name'] };
  const state = { now: NOW, provisions: false, topicFails: false };
  const now = () => state.now;
  const deps: PrepareDeps = {
    ...{ ...terms, now, api: auth0.api, invitations: table.invitations },
    ...{ connection: 'Username-Password-Authentication', clientIds: { shop: 'client-of-shop' } },
    redeem: (redemption) =>
      redeem(
        {
          ...{ ...terms, now, invitations: table.invitations, linksOf: async () => [] },
          userRefOf: async (userId) => `ref-of-${userId}`,
          emailRefOf: async (email) => `ref-of-${email.toLowerCase()}`,
          publish: async (event) => {
            if (state.topicFails) throw new Error('the topic is unavailable');
            published.push(event);
          },
        },
        redemption,
      ),
    provision: async ({ user_id }) => void (state.provisions && provisioned.push(user_id)),
  };
  const send = (row = table.only()) => prepare(deps, row, 'request-1');
  return { auth0, table, published, provisioned, state, send };
}

test('nobody has the address: a user is made of whom nobody knows the password, and sets it by a ticket', async () => {
  const { auth0, table, send } = aSending([], { email: 'Ada@Example.com', bind: 'verified-email' });
  expect(await send()).toEqual({ outcome: 'ticket', link: expect.stringContaining('ticket=1') });
  const [user] = auth0.users.values();
  expect(user).toMatchObject({
    ...{ email: 'ada@example.com', email_verified: false },
    app_metadata: { status: 'invited', punctual_invitation: { id: ID } },
  });
  expect(auth0.tickets).toEqual([
    {
      ...{ user_id: 'auth0|made-1', mark_email_as_verified: true, client_id: 'client-of-shop' },
      ttl_sec: 7 * 86_400,
    },
  ]);
  expect(table.only()).toMatchObject({ state: 'open', precreated: 'auth0|made-1', precreation: 'prepared' });
});

test('the user is one of the connection, and Auth0 sends no mail of its own', async () => {
  const { auth0, send } = aSending();
  const bodies: Profile[] = [];
  const { createUser } = auth0.api;
  auth0.api.createUser = (body) => {
    bodies.push(body);
    return createUser(body);
  };
  await send();
  expect(bodies).toEqual([
    expect.objectContaining({
      ...{ connection: 'Username-Password-Authentication', verify_email: false },
      password: expect.stringMatching(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w]).{40,72}$/),
    }),
  ]);
});

test.each(['ada@example.com', 'A@example.com', '7@example.com', '!@example.com', 'z.z@example.com'])(
  'no policy of Auth0 refuses the password, whatever it is: %s',
  (email) => {
    const passwords = Array.from({ length: 300 }, () => newUserOf({ id: ID, email }, 'Users').password);
    expect(passwords.map((password) => passwordFault(password, email)).filter(Boolean)).toEqual([]);
    expect(new Set(passwords).size).toBe(300);
  },
);

test('a mail that is sent again is one for the same user', async () => {
  const { auth0, table, send } = aSending();
  await send();
  expect(await send()).toEqual({ outcome: 'ticket', link: expect.stringContaining('ticket=2') });
  const next = resent(table.only(), NOW) as Invitation;
  table.rows.set(ID, next);
  expect(await send()).toMatchObject({ outcome: 'ticket' });
  expect(auth0.users.size).toBe(1);
  expect(auth0.calls.filter((name) => name === 'createUser')).toHaveLength(1);
});

test('a user whose making was not answered is found by the mark, and not made twice', async () => {
  const { auth0, table, send } = aSending();
  auth0.faults.push({ name: 'createUser', fault: 'answer-lost' });
  await expect(send()).rejects.toThrow('timeout');
  expect(table.only()).not.toHaveProperty('precreated');
  expect(await send()).toMatchObject({ outcome: 'ticket' });
  expect([...auth0.users.keys()]).toEqual(['auth0|made-1']);
  expect(table.only()).toMatchObject({ precreated: 'auth0|made-1' });
});

test.each([
  ['looking', 'usersByEmail'],
  ['making the user', 'createUser'],
  ['making the ticket', 'passwordTicket'],
] as const)('a limit of Auth0 at %s is waited out as long as it says', async (_, name) => {
  const { auth0, send } = aSending();
  auth0.faults.push({ name, fault: { outcome: 'limited', retryAfterMs: 7_000 } });
  await expect(send()).rejects.toMatchObject({ name: 'Auth0NotReadyError', afterMs: 7_000 });
  expect(await send()).toMatchObject({ outcome: 'ticket' });
  expect(auth0.users.size).toBe(1);
});

test('two deliveries at once make one user', async () => {
  const { auth0, send } = aSending();
  const [one, other] = await Promise.all([send(), send()]);
  expect([one.outcome, other.outcome]).toEqual(['ticket', 'ticket']);
  expect(auth0.users.size).toBe(1);
});

describe('somebody has the address', () => {
  test('and is vouched for: the invitation is theirs at once, and again for a mail that is sent again', async () => {
    const { auth0, table, published, send } = aSending([aProfile()], {
      bind: 'verified-email',
      roles: ['editor'],
    });
    expect(await send()).toEqual({ outcome: 'finalized' });
    expect(table.only()).toMatchObject({
      ...{ state: 'redeemed', precreation: 'finalized', redeemedByUserId: 'auth0|ada' },
    });
    expect(published).toMatchObject([
      {
        type: 'invitation.accepted',
        data: { user: { user_id: 'auth0|ada' }, invitation: { roles: ['editor'] } },
      },
    ]);
    expect(await send()).toEqual({ outcome: 'finalized' });
    expect(auth0.calls).not.toContain('createUser');
  });

  test('and has it, though the systems could not be told: they are with the next delivery, whoever has the address by then', async () => {
    const { auth0, table, published, state, send } = aSending([aProfile()]);
    state.topicFails = true;
    await expect(send()).rejects.toThrow('the topic');
    expect(table.only()).toMatchObject({ state: 'redeemed', precreation: 'finalized' });
    state.topicFails = false;
    auth0.users.set('auth0|ada', aProfile({ email: 'ada.new@example.com', email_verified: false }));
    for (let delivery = 0; delivery < 2; delivery += 1)
      expect(await send()).toEqual({ outcome: 'finalized' });
    expect(published).toMatchObject([
      { type: 'invitation.accepted', data: { user: { user_id: 'auth0|ada' } } },
    ]);
    auth0.users.clear();
    expect(await send()).toEqual({ outcome: 'finalized' });
  });

  test('and had it, and is gone before the systems were told: nobody is told anything', async () => {
    const { auth0, state, send } = aSending([aProfile()]);
    state.topicFails = true;
    await expect(send()).rejects.toThrow('the topic');
    auth0.users.clear();
    expect(await send()).toEqual({ outcome: 'closed' });
  });

  test('as a provider writes it, who is found all the same', async () => {
    const profile = aProfile({ user_id: 'google-oauth2|1', email: 'Ada@Example.com' });
    const { send } = aSending([profile], { email: 'Ada@Example.com' });
    expect(await send()).toEqual({ outcome: 'finalized' });
  });

  test.each<[string, Profile[]]>([
    ['is not verified, as of an attacker who signed up with it first', [aProfile({ email_verified: false })]],
    ['is verified by a provider whose word does not count', [aProfile({ user_id: 'github|1' })]],
    ['is blocked', [aProfile({ blocked: true })]],
    ['are two who are vouched for', [aProfile(), aProfile({ user_id: 'google-oauth2|1' })]],
    [
      'was made for another invitation',
      [
        aProfile({
          ...{ email_verified: false, logins_count: 0 },
          app_metadata: { status: 'invited', punctual_invitation: { id: 'another' } },
        }),
      ],
    ],
  ])('and %s: the mail is the one of a link, and nobody is made or given anything', async (_, profiles) => {
    const { auth0, table, published, send } = aSending(profiles);
    expect(await send()).toEqual({ outcome: 'fallback' });
    expect(table.only()).toMatchObject({ state: 'open', precreation: 'fallback' });
    expect([auth0.users.size, auth0.tickets, published]).toEqual([profiles.length, [], []]);
  });

  test('and one of several is vouched for: it is theirs', async () => {
    const attacker = aProfile({ user_id: 'auth0|eve', email_verified: false });
    const { table, send } = aSending([attacker, aProfile({ user_id: 'google-oauth2|1' })]);
    expect(await send()).toEqual({ outcome: 'finalized' });
    expect(table.only()).toMatchObject({ redeemedByUserId: 'google-oauth2|1' });
  });

  test('only since a moment: whoever signed up meanwhile is asked who they are', async () => {
    const { auth0, send } = aSending();
    const eve = aProfile({ user_id: 'auth0|eve', email_verified: false });
    auth0.faults.push({ name: 'createUser', fault: { outcome: 'exists' } });
    const { createUser } = auth0.api;
    auth0.api.createUser = (body) => {
      auth0.users.set('auth0|eve', eve);
      return createUser(body);
    };
    expect(await send()).toEqual({ outcome: 'fallback' });
    expect([...auth0.users.keys()]).toEqual(['auth0|eve']);
  });

  test('whom Auth0 shows for another address: nobody is taken for them', async () => {
    const { auth0, send } = aSending();
    const { usersByEmail } = auth0.api;
    auth0.api.usersByEmail = async (email) => {
      const answer = await usersByEmail(email);
      const eve = aProfile({ user_id: 'auth0|eve', email: 'eve@example.com' });
      return answer.outcome === 'ok' ? { outcome: 'ok', value: [...answer.value, eve] } : answer;
    };
    expect(await send()).toMatchObject({ outcome: 'ticket' });
  });
});

test('a user whom Auth0 refuses to make gets the mail of a link', async () => {
  const { auth0, send } = aSending();
  auth0.faults.push({ name: 'createUser', fault: { outcome: 'refused', status: 400 } });
  expect(await send()).toEqual({ outcome: 'fallback' });
});

test('of an invitation that is revoked while the user is made nobody is told anything', async () => {
  const { auth0, table, send } = aSending();
  const { createUser } = auth0.api;
  auth0.api.createUser = async (body) => {
    table.rows.set(ID, revoked(table.only(), NOW, 0) as Invitation);
    return createUser(body);
  };
  expect(await send()).toEqual({ outcome: 'closed' });
  expect(auth0.tickets).toEqual([]);
});

test.each<[string, (row: Invitation) => Invitation | undefined]>([
  ['was revoked', (row) => revoked(row, NOW, 0)],
  ['is over', (row) => expired({ ...row, expiresAt: '2026-11-22T09:30:00.000Z' }, NOW, 0)],
  ['was sent anew', (row) => resent(row, NOW)],
])('nobody is told anything of an invitation that %s since it was read', async (_, change) => {
  const { auth0, table, published, send } = aSending([aProfile()]);
  const read = table.only();
  table.rows.set(ID, { ...(change(read) as Invitation), revision: read.revision + 1 });
  expect(await send(read)).toEqual({ outcome: 'closed' });
  expect([auth0.tickets, published]).toEqual([[], []]);
});

test('accounts are made ahead where that is configured, and before anybody is told', async () => {
  const { auth0, provisioned, state, send } = aSending();
  state.provisions = true;
  auth0.faults.push({ name: 'passwordTicket', fault: { outcome: 'unavailable', why: '503' } });
  await expect(send()).rejects.toThrow('503');
  expect(provisioned).toEqual(['auth0|made-1']);
});
