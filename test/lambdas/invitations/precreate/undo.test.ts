import type { EventUser } from '../../../../events/event-schema';
import type { Invitation } from '../../../../events/invitations/invitation';
import { metadataOfInvited } from '../../../../events/invitations/precreated';
import type { Profile } from '../../../../lambdas/auth0/management-api';
import { type UndoDeps, undo } from '../../../../lambdas/invitations/precreate/undo';
import { anInvitation, ID } from '../helpers/invitations';
import { AnAuth0, aProfile, CREATED_AT } from './helpers/an-auth0';

const invited = (given: Profile = {}) =>
  aProfile({
    ...{ user_id: 'auth0|made', email_verified: false, logins_count: undefined },
    app_metadata: metadataOfInvited(ID),
    ...given,
  });

const over = (given: Partial<Invitation> = {}) =>
  anInvitation({ mode: 'precreate', state: 'expired', precreated: 'auth0|made', ...given });

let told: EventUser[];
beforeEach(() => {
  told = [];
});

const taking = ({ api }: AnAuth0): UndoDeps => ({ api, tellLeaving: async (user) => void told.push(user) });

test('who was made for an invitation that is over and never logged in is deleted, and again nothing is done', async () => {
  const auth0 = new AnAuth0(invited());
  expect(await undo(taking(auth0), over())).toEqual(['deleted']);
  expect(auth0.users.size).toBe(0);
  expect(told).toEqual([{ user_id: 'auth0|made', created_at: CREATED_AT }]);
  expect(await undo(taking(auth0), over())).toEqual(['gone']);
});

test('the systems are told at the next time where they could not be', async () => {
  const auth0 = new AnAuth0(invited());
  const fails = () => Promise.reject(new Error('the topic is unavailable'));
  await expect(undo({ api: auth0.api, tellLeaving: fails }, over())).rejects.toThrow();
  expect(await undo(taking(auth0), over())).toEqual(['gone']);
  expect(told).toEqual([{ user_id: 'auth0|made' }]);
});

test('nobody is told of who could not be deleted', async () => {
  const auth0 = new AnAuth0(invited());
  auth0.faults.push({ name: 'deleteUser', fault: { outcome: 'limited', retryAfterMs: 5_000 } });
  await expect(undo(taking(auth0), over())).rejects.toThrow();
  expect(told).toEqual([]);
});

test('who set a password and never logged in is deleted as well', async () => {
  const auth0 = new AnAuth0(invited({ email_verified: true, logins_count: 0 }));
  expect(await undo(taking(auth0), over({ state: 'revoked' }))).toEqual(['deleted']);
});

test.each<[string, Profile]>([
  ['logged in', { logins_count: 1 }],
  ['logged in, as another field says', { last_login: '2026-11-22T10:00:00.000Z' }],
  ['is a member by now', { app_metadata: {} }],
  ['was made for another invitation', { app_metadata: metadataOfInvited('another') }],
])('who %s is kept', async (_, given) => {
  const auth0 = new AnAuth0(invited(given));
  expect(await undo(taking(auth0), over())).toEqual(['kept']);
  expect([auth0.users.size, told]).toEqual([1, []]);
});

test('who was made and could not be noted is found by the mark, and nobody else with the address is taken', async () => {
  const other = aProfile({ user_id: 'google-oauth2|1' });
  const auth0 = new AnAuth0(other, invited());
  const { precreated: _precreated, ...row } = over();
  expect(await undo(taking(auth0), row)).toEqual(['deleted']);
  expect([...auth0.users.keys()]).toEqual(['google-oauth2|1']);
  expect(await undo(taking(auth0), row)).toEqual([]);
});

test('who was made without an answer is deleted beside the one who was noted', async () => {
  const auth0 = new AnAuth0(invited());
  expect(await undo(taking(auth0), over({ precreated: 'auth0|before' }))).toEqual(['deleted', 'gone']);
  expect(auth0.users.size).toBe(0);
});

test('who was made for what somebody else accepted is deleted, and never whoever accepted it', async () => {
  const auth0 = new AnAuth0(invited(), invited({ user_id: 'auth0|eve' }));
  const row = over({ state: 'redeemed', redeemedByUserId: 'auth0|eve' });
  expect(await undo(taking(auth0), row)).toEqual(['deleted']);
  expect([...auth0.users.keys()]).toEqual(['auth0|eve']);
});

test('who logged in is invited no more: the mark goes, and what else the profile keeps stays', async () => {
  const kept = { handle: 'another', seenAt: 1 };
  const app_metadata = { plan: 'pro', status: 'invited', punctual_invitation: { id: ID, ...kept } };
  const auth0 = new AnAuth0(invited({ logins_count: 1, app_metadata }));
  for (let time = 0; time < 2; time += 1) expect(await undo(taking(auth0), over())).toEqual(['kept']);
  expect(auth0.users.get('auth0|made')).toMatchObject({
    app_metadata: { plan: 'pro', status: null, punctual_invitation: kept },
  });
  expect(auth0.calls.filter((name) => name === 'changeUser')).toHaveLength(1);
});

test.each<[string, Partial<Invitation>]>([
  ['of the mode link', { mode: 'link' }],
  ['that whoever was made for it accepted', { state: 'redeemed', redeemedByUserId: 'auth0|made' }],
  ['whose users are gone', { withdrawn: true }],
])('nobody is asked about an invitation %s', async (_, given) => {
  const auth0 = new AnAuth0(invited());
  expect(await undo(taking(auth0), over(given))).toEqual([]);
  expect(auth0.calls).toEqual([]);
});

test('fails when Auth0 does not say, so that it is tried again', async () => {
  const auth0 = new AnAuth0(invited());
  auth0.faults.push({ name: 'user', fault: { outcome: 'limited', retryAfterMs: 5_000 } });
  await expect(undo(taking(auth0), over())).rejects.toMatchObject({ afterMs: 5_000 });
  auth0.faults.push({ name: 'deleteUser', fault: 'answer-lost' });
  await expect(undo(taking(auth0), over())).rejects.toThrow('timeout');
  expect(await undo(taking(auth0), over())).toEqual(['gone']);
});
