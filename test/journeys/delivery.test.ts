import { PublishCommand } from '@aws-sdk/client-sns';
import { accountsOf } from '../helpers/accounts';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { punctualOn } from '../helpers/punctual';
import { peek, queueUrl, sourceQueueUrl } from '../helpers/queues';
import { aRegistration, createUserIds, postSigned, runTime, signedHeaders } from '../helpers/signed-post';

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

test('a user costs two writes of the link table for each system, one look-up and one create', async () => {
  const user = userId();
  await run.control('DELETE', '/calls');
  const before = await remoteCalls();
  await postSigned(run, await aRegistration(run, user));
  await allLinked(user);
  const calls = Object.values(await run.control<Record<string, CallCount>>('GET', '/calls'));
  const table = run.outputs.UserLinkTableName;
  const total = (wanted: string, where: (resource: string) => boolean) =>
    calls
      .filter(({ operation, resource = '' }) => operation === wanted && where(resource))
      .reduce((sum, { count }) => sum + count, 0);
  expect(total('PutItem', (resource) => resource === table)).toBe(2 * SYSTEMS.length);
  const isProfile = (resource: string) => /profile/i.test(resource);
  expect([total('GetItem', isProfile), total('PutItem', isProfile)]).toEqual([2, 2]);
  const after = await remoteCalls();
  for (const system of ['crm', 'tickets']) {
    const made = Object.entries(after[system] ?? {}).map(([what, count]) => [
      what,
      count - (before[system]?.[what] ?? 0),
    ]);
    expect(Object.fromEntries(made)).toEqual({ 'GET /Users': 1, 'POST /Users': 1 });
  }
}, 30_000);

/** What the connectors asked of each remote system so far. */
async function remoteCalls(): Promise<Record<string, Record<string, number>>> {
  const { remotes } = await run.control<{ remotes: { name: string; calls: Record<string, number> }[] }>(
    'GET',
    '/',
  );
  return Object.fromEntries(remotes.map(({ name, calls }) => [name, calls]));
}

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

describe('bad input', () => {
  const USER_ID_1024 = `auth0|${'x'.repeat(1018)}`;
  const FAR = '2099-01-01T00:00:00.000Z';
  const user = (fields: object) => (event: Event) => ({
    ...event,
    data: { ...event.data, user: { ...event.data.user, ...fields } },
  });
  type Event = Awaited<ReturnType<typeof aRegistration>>;
  type Bad = readonly [what: string, change: (event: Event) => object | string, end: string];

  /** What the API lets in, and what becomes of it; what it does not let in. */
  const AT_THE_DOOR: readonly Bad[] = [
    ['no JSON', () => '{"specversion"', '400 invalid-body'],
    ['no envelope', () => ({ hello: 'world' }), '400 invalid-body'],
    ['a text of 1,025 characters', user({ nickname: 'x'.repeat(1025) }), '400 invalid-body'],
    ['an object for an address', user({ email: { a: 1 } }), '400 invalid-body'],
    ['a user id of 1,025 characters', user({ user_id: `${USER_ID_1024}x` }), '400 invalid-body'],
    ['an unknown type', (event) => ({ ...event, type: 'user.promoted' }), 'quarantine none'],
    [
      'a system that is gone',
      (event) => ({ ...event, data: { ...event.data, system: 'payroll' } }),
      'quarantine none',
    ],
    ['a type of another issuer', (event) => ({ ...event, type: 'user.deleted' }), 'quarantine not-allowed'],
    ['a control character in a user id', user({ user_id: 'auth0|a\u0000b' }), 'dlq invalid-user-id'],
    ['half a character in a user id', user({ user_id: 'auth0|a\ud800' }), 'dlq invalid-user-id'],
    ['a time in 2099', (event) => ({ ...event, time: FAR }), 'dlq time-in-future'],
    ['a life that begins in 2099', user({ created_at: FAR }), 'dlq time-in-future'],
    ['a change of 2099', user({ updated_at: FAR }), 'dlq time-in-future'],
    ['a time that is none', user({ created_at: 'yesterday' }), 'dlq invalid-time'],
  ];
  /** What comes by the topic, from who may publish there and passed the API by. */
  const ON_THE_TOPIC: readonly Bad[] = [
    ['no JSON', () => '{"specversion"', 'dlq malformed-json'],
    ['no envelope', () => ({ hello: 'world' }), 'dlq invalid-envelope'],
    ['a text of 1,025 characters', user({ nickname: 'x'.repeat(1025) }), 'dlq invalid-attribute'],
    ['an object for an address', user({ email: { a: 1 } }), 'dlq invalid-attribute'],
    ['a number for a user id', user({ user_id: 7 }), 'dlq invalid-user-id'],
    ['a name that is none', user({ 'a b': 'c' }), 'dlq invalid-attribute'],
  ];
  const GOOD = ['samlp|idp|bad-input@y', 'oidc|https://idp.example/ü', USER_ID_1024];

  async function publish(body: string): Promise<void> {
    const {
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': signature,
    } = await signedHeaders(run, body);
    const texts = {
      type: 'user.registered',
      webhook: `${id} ${time} ${signature}`,
      accepted: `${await runTime(run)} request-1 events`,
    };
    const MessageAttributes = Object.fromEntries(
      Object.entries(texts).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );
    const TopicArn = run.outputs.EventTopicArn;
    await run.aws.sns.send(new PublishCommand({ TopicArn, Message: body, MessageAttributes }));
  }

  /** How many there are of each code, in the words of an operator: `dlq invalid-time`, `quarantine none`. */
  async function parkedByCode(): Promise<Record<string, number>> {
    const [dlq, quarantine] = await Promise.all([
      punctualOn(run).ask<Listed>('dlq', 'show', 'crm'),
      punctualOn(run).ask<Listed>('quarantine', 'list'),
    ]);
    const named = (where: string, { codes }: Listed) =>
      codes.map(({ code, count }) => [`${where} ${code}`, count] as const);
    return Object.fromEntries([...named('dlq', dlq.json), ...named('quarantine', quarantine.json)]);
  }

  test('ends in a code of its own where operators look, and disturbs none of its neighbours', async () => {
    const before = await parkedByCode();
    const bodyOf = async (change: Bad[1]) => {
      const changed = change(await aRegistration(run, userId()));
      return typeof changed === 'string' ? changed : JSON.stringify(changed);
    };
    const good = async (id: string) => {
      const at = GOOD.indexOf(id);
      const event = await aRegistration(run, id, { email: `odd-${at}@example.com`, username: `odd-${at}` });
      expect((await postSigned(run, { ...event, id: `reg_odd-${at}` })).status).toBe(202);
    };
    const [first = '', ...others] = GOOD;
    await good(first);
    const refused = await Promise.all(
      AT_THE_DOOR.map(async ([what, change, end]) => {
        const answer = await postSigned(run, await bodyOf(change));
        const { code = '' } = (await answer.json()) as { code?: string };
        return [what, answer.status === 202 ? end : `${answer.status} ${code}`];
      }),
    );
    expect(refused).toEqual(AT_THE_DOOR.map(([what, , end]) => [what, end]));
    await Promise.all(ON_THE_TOPIC.map(async ([, change]) => publish(await bodyOf(change))));
    for (const id of others) await good(id);

    // Five workers, with that of what invitations bring, refuse who may not send this type; what has no worker comes once.
    const expected: Record<string, number> = { ...before };
    for (const [, , end] of [...AT_THE_DOOR, ...ON_THE_TOPIC]) {
      if (end.startsWith('400')) continue;
      expected[end] = (expected[end] ?? 0) + (end.endsWith('not-allowed') ? SYSTEMS.length + 1 : 1);
    }
    await waitFor(
      'everything parked',
      async () => {
        const parked = await parkedByCode();
        return JSON.stringify(sorted(parked)) === JSON.stringify(sorted(expected));
      },
      40_000,
    ).catch(async () => expect(sorted(await parkedByCode())).toEqual(sorted(expected)));
    for (const id of GOOD) await allLinked(id);
  }, 90_000);

  const sorted = (counts: Record<string, number>) => Object.entries(counts).toSorted();
});

interface Listed {
  readonly codes: readonly { readonly code: string; readonly count: number }[];
}

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
