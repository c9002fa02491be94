import { peek } from '../../cli/dlq/peek';
import { redriveDlq } from '../../cli/dlq/redrive';
import { dropQuarantine } from '../../cli/quarantine/drop';
import { aScreen } from './helpers/a-screen';
import { anAudit, CRM_DLQ_URL, CRM_URL, QUARANTINE_URL, surroundings, TOPIC_DLQ_URL } from './helpers/deps';
import { aParked, queuesInMemory, type StoredMessage } from './helpers/queues-in-memory';

const COMMANDS = [
  ['dlq redrive', CRM_DLQ_URL, 'moved'],
  ['quarantine drop', QUARANTINE_URL, 'dropped'],
] as const;
type Typed = (typeof COMMANDS)[number][0];

function setUp(url: string, messages: StoredMessage[]) {
  const memory = queuesInMemory({ [url]: messages }, { [CRM_URL]: CRM_DLQ_URL });
  const [screen, audit] = [aScreen(), anAudit()];
  const publish = async (_: string, __: readonly unknown[]): Promise<(string | undefined)[]> => [];
  const topic = async () => ({ subscriptionsOf: async () => [], publish });
  const deps = { ...surroundings(), ...screen, ...audit, topic, queues: memory.queues };
  return { deps, memory, screen, audit };
}

const run = (command: Typed, flags: object, deps: ReturnType<typeof setUp>['deps']) =>
  command === 'dlq redrive'
    ? redriveDlq({ queue: 'crm', all: false, yes: true, ...flags }, deps)
    : dropQuarantine({ all: false, yes: true, ...flags }, deps);

const many = (count: number, code = 'other') => Array.from({ length: count }, () => aParked({ code }));

describe.each(COMMANDS)('%s', (command, url, done) => {
  const inOtherHands = (memory: ReturnType<typeof setUp>['memory']) =>
    memory.hidden.set('handle of somebody', { url, message: aParked() });

  test('does not call a queue empty whose messages somebody has in hand', async () => {
    const { deps, memory, screen } = setUp(url, []);
    inOtherHands(memory);
    const { exitCode, json } = await run(command, { all: true }, deps);
    expect([exitCode, json]).toEqual([
      1,
      expect.objectContaining({ [done]: 0, hidden: 1, isEverything: false }),
    ]);
    expect(screen.text()).toContain('1 more cannot be seen now');
    expect(screen.text()).not.toContain('There are no messages');
  });

  test('says of an empty queue that there is nothing, and notes no act', async () => {
    const { deps, screen, audit } = setUp(url, []);
    const { exitCode = 0, json } = await run(command, { all: true }, deps);
    expect([exitCode, json]).toEqual([
      0,
      expect.objectContaining({ dryRun: false, [done]: 0, isEverything: true }),
    ]);
    expect(screen.text()).toMatch(/^There are no (messages|events)/);
    expect(audit.acts).toEqual([]);
  });

  test('tells of those that it could not see beside those that it did', async () => {
    const { deps, memory } = setUp(url, many(3, 'crashed'));
    inOtherHands(memory);
    const plan = await run(command, { code: 'crashed', yes: false }, deps);
    expect(plan.json).toMatchObject({ dryRun: true, hidden: 1, isEverything: false });
    const { exitCode, json } = await run(command, { code: 'crashed' }, deps);
    expect([exitCode, json]).toEqual([1, expect.objectContaining({ [done]: 3, hidden: 1 })]);
  });

  test.each([0, 3])('takes all where SQS counts late and says %i', async (visible) => {
    const { deps, memory } = setUp(url, many(30));
    const late = { visible, inFlight: 0, delayed: 0, deadLetterUrl: CRM_DLQ_URL };
    const queues = async () => ({ ...(await memory.queues()), depth: async () => late });
    const { exitCode, json } = await run(command, { all: true }, { ...deps, queues });
    expect([exitCode, json]).toEqual([0, expect.objectContaining({ [done]: 30, isEverything: true })]);
  });

  test('believes the later count where the earlier one was late', async () => {
    const { deps, memory } = setUp(url, many(2));
    let counts = 0;
    const queues = async () => {
      const real = await memory.queues();
      const depth = async (of: string) => {
        counts += of === url ? 1 : 0;
        return { ...(await real.depth(of)), ...(of === url && counts === 1 && { inFlight: 5 }) };
      };
      return { ...real, depth };
    };
    const { exitCode, json } = await run(command, { all: true }, { ...deps, queues });
    expect([exitCode, json]).toEqual([0, expect.objectContaining({ [done]: 2, hidden: 0 })]);
  });

  test('says that there may be more behind those it looked at, and finds what is there', async () => {
    const { deps, memory, screen } = setUp(url, [...many(1_200), aParked({ code: 'crashed' })]);
    const plan = await run(command, { code: 'crashed', yes: false }, deps);
    expect(plan.json).toMatchObject({ isEverything: false });
    expect(screen.text()).toContain('There are more than were looked at');
    const { exitCode, json } = await run(command, { code: 'crashed' }, deps);
    expect([exitCode, json]).toEqual([0, expect.objectContaining({ [done]: 1, isEverything: true })]);
    expect(memory.at(url)).toHaveLength(1_200);
  });

  test('finds the last behind thousands that are not meant', async () => {
    const { deps, memory } = setUp(url, [...many(5_400), ...many(200, 'crashed')]);
    const { exitCode, json } = await run(command, { code: 'crashed' }, deps);
    expect([exitCode, json]).toEqual([0, expect.objectContaining({ [done]: 200 })]);
    expect(memory.at(url)).toHaveLength(5_400);
    expect(memory.hidden.size).toBe(0);
  });

  test('ends, and says so, where hiding runs out before all was seen', async () => {
    const { deps, memory, screen } = setUp(url, many(5));
    const queues = async () => {
      const real = await memory.queues();
      const receive = async (of: string, seconds: number) => {
        const received = await real.receive(of, seconds);
        if (seconds > 60) await real.release(of, received);
        return received;
      };
      return { ...real, receive };
    };
    inOtherHands(memory);
    const { exitCode, json } = await run(command, { code: 'none' }, { ...deps, queues });
    expect([exitCode, json]).toEqual([1, expect.objectContaining({ stopped: true, isEverything: false })]);
    expect(screen.text()).toContain('Stopped: there are too many others to look at all.');
  });

  describe('--id', () => {
    const twins = () => [aParked({ id: '5f2c9a31-1' }), aParked({ id: '5f2c9a31-2' })];

    test('rejects the beginning of two ids', async () => {
      const { deps, memory } = setUp(url, twins());
      await expect(run(command, { id: '5f2c9a31' }, deps)).rejects.toMatchObject({ code: 'usage' });
      expect(memory.at(url)).toHaveLength(2);
    });

    test('means the message that was there, not one whose id begins alike and that comes meanwhile', async () => {
      const [one, other] = twins();
      const { deps, memory } = setUp(url, one === undefined ? [] : [one]);
      const begin = deps.audit;
      const audit = async () => {
        if (other !== undefined) memory.at(url).push(other);
        return begin();
      };
      const { json } = await run(command, { id: '5f2c9a31' }, { ...deps, audit });
      expect(json).toMatchObject({ [done]: 1 });
      expect(memory.at(url)).toEqual([other]);
    });

    test('rejects the beginning of an id that is not among the first, and takes the whole', async () => {
      const id = '5f2c9a31-1ba5-4a84-93e1-17f44a5c9c2d';
      const { deps, memory } = setUp(url, [...many(1_200), aParked({ id })]);
      await expect(run(command, { id: '5f2c9a31' }, deps)).rejects.toMatchObject({ code: 'usage' });
      expect((await run(command, { id }, deps)).json).toMatchObject({ [done]: 1 });
      expect(memory.at(url)).toHaveLength(1_200);
    });
  });
});

test('what was in hand when AWS broke off is visible again', async () => {
  const { deps, memory, screen } = setUp(TOPIC_DLQ_URL, many(20));
  let calls = 0;
  const publish = async (_: string, messages: readonly unknown[]) => {
    calls += 1;
    if (calls > 1) throw new Error('no answer');
    return messages.map(() => undefined);
  };
  const topic = async () => ({ subscriptionsOf: async () => [], publish });
  const args = { queue: 'event-topic', all: true, yes: true };
  const { exitCode, json } = await redriveDlq(args, { ...deps, topic });
  expect([exitCode, json]).toEqual([1, expect.objectContaining({ moved: 10, stopped: true })]);
  expect(memory.at(TOPIC_DLQ_URL)).toHaveLength(10);
  expect(screen.text()).toContain('Stopped: no answer.');
});

test('looking for longer than messages stay hidden is not called everything', async () => {
  const { deps, memory } = setUp(CRM_DLQ_URL, many(15));
  const real = await memory.queues();
  const receive = async (url: string, seconds: number) => {
    const received = await real.receive(url, seconds);
    await real.release(url, received);
    return received;
  };
  const { messages, isEverything } = await peek({ ...real, receive }, CRM_DLQ_URL, 100, deps);
  expect([messages.length, isEverything]).toEqual([10, false]);
});
