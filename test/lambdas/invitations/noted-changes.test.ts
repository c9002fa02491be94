import { NOW } from '../../helpers/events';
import { aToken, createApiInMemory } from '../provisioning-api/helpers/api';
import { aSetOfInvitations } from './helpers/invitation-deps';
import { anInvitation, ID } from './helpers/invitations';

const RESEND = 'POST /invitations/{invitation}/resend';
const REVOKE = 'POST /invitations/{invitation}/revocation';
const scope = 'read:invitations write:invitations';
const token = aToken({ sub: 'funnel@clients', azp: 'funnel', gty: 'client-credentials', scope });
const WHO = 'provisioning-api/funnel';

function anApi() {
  const expiresAt = new Date(NOW + 60_000).toISOString();
  const set = aSetOfInvitations({ now: NOW }, anInvitation({ expiresAt }));
  const api = createApiInMemory({ invitations: set.deps });
  const change = (route: string, invitation = ID) => api.call(route, { token, path: { invitation } });
  return { ...set, ...api, change };
}

test('who sends anew and who revokes is noted, by the id of the invitation and no address', async () => {
  const { change, acts } = anApi();
  await change(RESEND);
  await change(REVOKE);
  expect(acts).toEqual([
    { who: WHO, act: 'api resend', subject: ID, outcome: 'done' },
    { who: WHO, act: 'api revoke', subject: ID, outcome: 'done' },
  ]);
});

test('what changes nothing is not noted: a revocation twice, one that is over, and one that is not there', async () => {
  const { change, acts } = anApi();
  await change(REVOKE);
  expect((await change(REVOKE)).status).toBe(200);
  expect((await change(RESEND)).status).toBe(409);
  expect((await change(REVOKE, 'n'.repeat(22))).status).toBe(404);
  expect((await change(REVOKE, 'ada@example.com')).status).toBe(404);
  expect(acts).toHaveLength(1);
});

test('does not do what cannot be noted', async () => {
  const { change, noting, only, sent } = anApi();
  noting.isDown = true;
  for (const route of [RESEND, REVOKE]) expect((await change(route)).status).toBe(503);
  expect([only().state, only().sending, sent]).toEqual(['open', 1, []]);
});

test('the command of an operator notes it itself', async () => {
  const { handler, acts } = anApi();
  const operator = 'arn:aws:sts::1:assumed-role/Ops/ada';
  const call = { operator, route: REVOKE, path: { invitation: ID } };
  expect((await handler(call, { awsRequestId: 'r1' })).statusCode).toBe(200);
  expect(acts).toEqual([]);
});
