import { createEmailOf } from '../../../lambdas/invitations/api/email-of-profile';
import { NOW } from '../../helpers/events';
import { createApiInMemory } from '../provisioning-api/helpers/api';
import { aSetOfInvitations } from './helpers/invitation-deps';
import { anInvitation } from './helpers/invitations';

const ADA = 'arn:aws:sts::1:assumed-role/Ops/ada';
const BOB = 'arn:aws:sts::1:assumed-role/Ops/bob';
const id = Buffer.from('auth0|1').toString('base64url');
const numbered = (number: number) => `${number}`.padStart(22, 'n');

function anApi(...given: Parameters<typeof anInvitation>[0][]) {
  const set = aSetOfInvitations(
    { now: NOW },
    ...given.map((one, index) => anInvitation({ id: numbered(index), ...one })),
  );
  const api = createApiInMemory({ invitations: set.deps });
  const invoke = async (route: string, of: object = {}) => {
    const { statusCode, body = '' } = await api.handler(
      { operator: ADA, route, ...of },
      { awsRequestId: 'r1' },
    );
    return { status: statusCode, body: JSON.parse(body) };
  };
  return { ...set, ...api, invoke };
}

const invite = { body: { email: 'ada@example.com' }, headers: { 'Idempotency-Key': 'k1' } };

test('whoever goes on with what a colleague began makes nothing twice', async () => {
  const { invoke, rows } = anApi();
  const first = await invoke('POST /invitations', invite);
  const again = await invoke('POST /invitations', { ...invite, operator: BOB });
  expect([first.status, again.status, rows.size]).toEqual([201, 200, 1]);
  expect(again.body.invitation).toMatchObject({ id: first.body.invitation.id, createdBy: ADA });
});

test('the invitations of a person are theirs and those to their address, without what opens them', async () => {
  const { invoke, faults } = anApi(
    { redeemedBy: 'ref:auth0|1', state: 'redeemed', emailRef: 'ref-of-other@example.com' },
    { secrets: [{ hash: 'secret-hash', keyVersion: 'v1' }] },
    { emailRef: 'ref-of-bob@example.com' },
    { redeemedBy: 'ref:auth0|2', state: 'redeemed' },
  );
  faults.profiles['auth0|1'] = 'ada@example.com';
  const { body } = await invoke('GET /users/{id}/invitations', { path: { id } });
  expect(body.invitations.map((one: { id: string }) => one.id)).toEqual([numbered(0), numbered(1)]);
  expect(JSON.stringify(body)).not.toContain('secret-hash');
});

test('they are forgotten by the address that is said, of lives until then', async () => {
  const { invoke, rows, acts } = anApi(
    { redeemedBy: 'ref:auth0|1', state: 'redeemed', generation: '2026-11-01T10:00:00.000Z' },
    { redeemedBy: 'ref:auth0|1', state: 'redeemed', generation: '2026-11-19T10:00:00.000Z' },
    {},
  );
  const body = { email: 'Ada@example.com', until: '2026-11-10T10:00:00.000Z' };
  expect(await invoke('DELETE /users/{id}/invitations', { path: { id }, body })).toEqual({
    ...{ status: 200, body: { forgotten: 2 } },
  });
  expect([...rows.values()].map(({ email }) => email)).toEqual([undefined, 'ada@example.com', undefined]);
  // The command that calls has a row of its own.
  expect(acts).toEqual([]);
});

test('Auth0 is asked for an address that nobody says, and what it does not say is not passed over', async () => {
  const { invoke, rows, faults } = anApi({});
  const call = { path: { id }, body: {} };
  faults.isAuth0Down = true;
  expect(await invoke('DELETE /users/{id}/invitations', call)).toMatchObject({
    ...{ status: 503, body: { code: 'auth0-unavailable' } },
  });
  expect(await invoke('GET /users/{id}/invitations', call)).toMatchObject({ status: 503 });
  // Whoever asked Auth0 themselves, and knows that it vouches for no address.
  const known = { path: { id }, body: { email: null } };
  expect(await invoke('DELETE /users/{id}/invitations', known)).toMatchObject({ body: { forgotten: 0 } });
  faults.isAuth0Down = false;
  faults.profiles['auth0|1'] = 'ada@example.com';
  expect(await invoke('DELETE /users/{id}/invitations', call)).toMatchObject({ body: { forgotten: 1 } });
  expect([...rows.values()].map(({ email, state }) => [email, state])).toEqual([[undefined, 'revoked']]);
});

test.each([
  ['ok', { value: { email: 'ada@example.com', email_verified: true } }, 'ada@example.com'],
  ['ok', { value: { email: 'ada@example.com', email_verified: false } }, undefined],
  ['missing', {}, undefined],
  ['refused', { status: 400 }, undefined],
])('the address of a profile is Auth0’s to say: %s %j', async (outcome, more, address) => {
  const user = async () => ({ outcome, ...more }) as never;
  expect(await createEmailOf({ user })('auth0|1')).toBe(address);
});

test.each(['unavailable', 'limited', 'not-allowed'])(
  'fails where Auth0 does not say: %s',
  async (outcome) => {
    const user = async () => ({ outcome }) as never;
    await expect(createEmailOf({ user })('auth0|1')).rejects.toThrow('does not say');
  },
);

test('an act of the API that an operator has done names them', async () => {
  const { invoke, acts } = anApi();
  await invoke('POST /users/{id}/erasure', { path: { id } });
  expect(acts).toMatchObject([{ who: ADA, act: 'api erase' }]);
});

test('fails through API Gateway, whatever the token, and where there are no invitations', async () => {
  const { call } = anApi();
  for (const route of ['GET /users/{id}/invitations', 'DELETE /users/{id}/invitations'])
    expect(await call(route, { path: { id } })).toMatchObject({ status: 404, body: { code: 'not-found' } });
  const without = createApiInMemory();
  const answer = await without.handler({ operator: ADA, route: 'GET /users/{id}/invitations', path: { id } });
  expect(answer.statusCode).toBe(404);
});
