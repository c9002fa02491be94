import { accountsOf } from '../helpers/accounts';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { peek, queueUrl, sourceQueueUrl } from '../helpers/queues';
import { aRegistration, createUserIds, postSigned } from '../helpers/signed-post';

const SYSTEMS = ['crm', 'profile', 'tickets', 'video'];
const userId = createUserIds('delivery');
let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRun();
}, 90_000);
afterAll(() => run?.stop());
afterEach(() => run.control('DELETE', '/faults'));

const allLinked = (user: string) =>
  waitFor(`links of ${user}`, async () => {
    const links = await run.links(user);
    return links.length === SYSTEMS.length && links.every(({ state }) => state === 'linked') && links;
  });

interface CallCount {
  readonly service: string;
  readonly operation: string;
  readonly caller?: string;
  readonly resource?: string;
  readonly count: number;
}

test('the same event delivered three times makes one account in each system', async () => {
  const user = userId();
  const event = await aRegistration(run, user);
  const answers = await Promise.all([1, 2, 3].map(() => postSigned(run, event)));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  const first = await allLinked(user);
  await queuesAreEmpty();
  expect(await accountsOf(run, 'crm', user)).toHaveLength(1);
  expect(await accountsOf(run, 'tickets', user)).toHaveLength(1);
  expect((await run.links(user)).map(({ accountId }) => accountId)).toEqual(
    first.map(({ accountId }) => accountId),
  );
}, 60_000);

test('a user costs two writes of the link table for each system', async () => {
  const user = userId();
  await run.control('DELETE', '/calls');
  await postSigned(run, await aRegistration(run, user));
  await allLinked(user);
  const calls = Object.values(await run.control<Record<string, CallCount>>('GET', '/calls'));
  const table = run.outputs.UserLinkTableName;
  const writes = calls.filter(({ operation, resource }) => operation === 'PutItem' && resource === table);
  expect(writes.reduce((sum, { count }) => sum + count, 0)).toBe(2 * SYSTEMS.length);
}, 30_000);

test('a poison message is parked with its code and its neighbours become accounts', async () => {
  const [before, after] = [userId(), userId()];
  const poison = await aRegistration(run, userId(), { updated_at: 'the day before yesterday' });
  const answers = await Promise.all([
    postSigned(run, await aRegistration(run, before)),
    postSigned(run, poison),
    postSigned(run, await aRegistration(run, after)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  await Promise.all([allLinked(before), allLinked(after)]);
  const url = await queueUrl(run.aws.sqs, 'crm', 'DeadLetters');
  const [parked] = await waitFor('a parked message', async () => {
    const messages = await peek(run.aws.sqs, url);
    return messages.length > 0 && messages;
  });
  expect(parked).toMatchObject({
    body: JSON.stringify(poison),
    attributes: { type: 'user.registered' },
    parked: { code: 'invalid-time', words: expect.stringContaining('data.user.updated_at'), attempts: 1 },
  });
}, 60_000);

describe('when SNS fails the caller hears of it', () => {
  test.each([
    [502, { status: 400, code: 'KMSAccessDenied' }],
    [502, { status: 403, code: 'AuthorizationError' }],
    [503, { status: 500, code: 'InternalError' }],
    [503, { status: 503, code: 'ServiceUnavailable' }],
    [503, { status: 429, code: 'Throttled' }],
  ])('with %i for %j, and never with 202', async (status, fault) => {
    await run.control('POST', '/faults', {
      service: 'sns',
      operation: 'Publish',
      when: 'before',
      effect: 'error',
      ...fault,
    });
    const response = await postSigned(run, await aRegistration(run, userId()));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: expect.any(String), requestId: expect.any(String) });
    if (status === 503) expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

test('what SNS cannot deliver to one queue waits in the DLQ of the topic, and the others get it', async () => {
  const user = userId();
  const source = await sourceQueueUrl(run.aws.sqs, 'crm');
  await run.control('POST', '/faults', {
    service: 'sqs',
    operation: 'SendMessage',
    caller: 'sns.amazonaws.com',
    resource: source.split('/').at(-1),
    when: 'before',
    effect: 'error',
    status: 403,
    code: 'AccessDenied',
  });
  await postSigned(run, await aRegistration(run, user));
  const links = await waitFor('links of the others', async () => {
    const found = await run.links(user);
    return found.length === 3 && found.every(({ state }) => state === 'linked') && found;
  });
  expect(links.map(({ system }) => system).toSorted()).toEqual(['profile', 'tickets', 'video']);
  const url = await queueUrl(run.aws.sqs, 'EventTopic', 'DeadLetters');
  const [lost] = await waitFor('a message in the DLQ of the topic', async () => {
    const messages = (await peek(run.aws.sqs, url)).filter(({ body }) => body.includes(user));
    return messages.length > 0 && messages;
  });
  expect(Object.keys(lost?.attributes ?? {}).toSorted()).toEqual(['accepted', 'type', 'webhook']);
}, 60_000);

async function queuesAreEmpty(): Promise<void> {
  await waitFor(
    'empty queues',
    async () => {
      const { queues } = await run.control<{ queues: Record<string, Record<string, number>> }>('GET', '/');
      const sources = Object.entries(queues).filter(([name]) =>
        SYSTEMS.some((system) => name.startsWith(`${system}-`)),
      );
      return (
        sources.length === SYSTEMS.length &&
        sources.every(([, counts]) => Object.values(counts).every((n) => n === 0))
      );
    },
    40_000,
  );
}
