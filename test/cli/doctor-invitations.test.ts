import { lookAtInvitations } from '../../cli/doctor/invitations';
import { anInvitationApi } from './helpers/an-invitation-api';
import { NOW, outputs } from './helpers/deps';

const PUT_IN = { client_id: 'abc', client_secret: 'x_'.repeat(32) };
const MADE_UP = 'a1'.repeat(22);

function setUp(secrets: Record<string, object> = {}) {
  const clients = { InvitationClientSecretArn: 'pages', ManagementSecretArn: 'management' };
  const api = anInvitationApi({ ...clients, InvitationSecretArn: 'links' });
  const others = { ...secrets, links: secrets.links ?? { keys: [{ secret: MADE_UP }] } };
  const read = async (arn: string) => JSON.stringify(others[arn as 'links'] ?? PUT_IN);
  const deps = { ...api.deps, secrets: async () => ({ read, write: async () => undefined }) };
  return { ...api, deps, list: { statusCode: 200, body: '{"invitations":[]}' } };
}

test('all is well where the function answers and both clients are put in', async () => {
  const { deps, answers, list, calls } = setUp();
  answers.push(list);
  expect(await lookAtInvitations(deps)).toMatchObject({ status: 'ok' });
  expect(calls).toMatchObject([{ route: 'GET /invitations' }]);
});

test.each([
  [
    'the secret of the pages is that of the stack',
    { pages: { client_secret: MADE_UP } },
    'InvitationClientSecretArn',
  ],
  [
    'nobody put a client in to come to Auth0 with',
    { management: { client_id: 'replace-me', client_secret: MADE_UP } },
    'ManagementSecretArn',
  ],
])('fails where %s', async (_, secrets, output) => {
  const { deps, answers, list } = setUp(secrets as Record<string, object>);
  answers.push(list);
  const finding = await lookAtInvitations(deps);
  expect(finding).toMatchObject({ status: 'fail', words: expect.stringContaining(output) });
  expect(JSON.stringify(finding)).not.toContain(MADE_UP);
});

test('warns of keys that no link needs, and fails where no key is valid', async () => {
  const MONTH_MS = 32 * 86_400_000;
  const key = (createdAt: number, more: object = {}) => ({ secret: MADE_UP, createdAt, ...more });
  const look = async (...keys: object[]) => {
    const { deps, answers, list } = setUp({ links: { keys } });
    answers.push(list);
    return lookAtInvitations(deps);
  };
  expect(await look(key(NOW), key(1))).toMatchObject({ status: 'ok' });
  expect(await look(key(NOW - MONTH_MS), key(1))).toEqual({
    ...{ status: 'warn', words: '1 key that no link needs' },
    todo: 'Take them out: npx punctual rotate invitation-secret --finish',
  });
  expect(await look(key(NOW, { notBefore: NOW + 1 }))).toMatchObject({
    ...{ status: 'fail', words: expect.stringContaining('no key of links is valid now') },
  });
});

test('fails where the function does not answer', async () => {
  const { deps, answers, problem } = setUp();
  answers.push(problem(503, 'unavailable'));
  await expect(lookAtInvitations(deps)).rejects.toMatchObject({ code: 'unavailable' });
});

test('a stack without invitations is well', async () => {
  const { deps, calls } = setUp();
  expect(await lookAtInvitations({ ...deps, outputs: async () => outputs() })).toMatchObject({
    status: 'ok',
  });
  expect(calls).toEqual([]);
});
