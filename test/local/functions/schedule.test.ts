import type { Mapping } from '../../../local/functions/mapping';
import { createScheduleMapping } from '../../../local/functions/schedule/schedule-mapping';
import { waitFor } from '../../helpers/wait-for';
import { aFunction, anAssembly, aQueue, arnOf } from '../helpers/an-assembly';
import { type SmallRun, startSmallRun } from '../helpers/small-run';

const MINUTE = 60_000;

describe('turns', () => {
  /** When a function that takes so long in its runs is called, in minutes after the start. */
  async function turnsOf(periodMs: number, durations: readonly number[]): Promise<number[]> {
    const turns: number[] = [];
    let now = 0;
    // Waiting is what makes this clock go.
    const realDelayMs = (ms: number) => {
      now += ms;
      return 0;
    };
    let schedule: Mapping | undefined;
    const ended = new Promise<void>((resolve) => {
      const invoke = async () => {
        turns.push(now / MINUTE);
        now += (durations[turns.length - 1] ?? 0) * MINUTE;
        if (turns.length < durations.length) return { requestId: '', ok: true, result: null } as const;
        schedule?.stop();
        resolve();
        return { requestId: '', ok: false, errorType: 'Error' } as const;
      };
      const seat = { invoke, release: () => {} };
      schedule = createScheduleMapping(
        { ruleArn: 'arn', periodMs },
        {
          clock: { now: () => now, scale: 1, startedAt: 0, realDelayMs },
          takeSeat: async () => seat,
          mayInvoke: () => true,
        },
      );
      schedule.start();
    });
    await ended;
    return turns;
  }

  test('come once a period, the first after one', async () => {
    expect(await turnsOf(5 * MINUTE, [0, 0, 0, 0])).toEqual([5, 10, 15, 20]);
  });

  test('do not drift with the time that a run takes, and none comes while one is under way', async () => {
    expect(await turnsOf(5 * MINUTE, [1, 2, 12, 1, 0])).toEqual([5, 10, 15, 30, 35]);
  });
});

/** Prints what it got; the second run fails. */
const SCHEDULED = `
let runs = 0;
export async function handler(event) {
  console.log(JSON.stringify({ event, now: Date.now() }));
  runs += 1;
  if (runs === 2) throw new Error('told to');
}`;

const aRule = (properties: object) => ({ Type: 'AWS::Events::Rule', Properties: properties });
const targeting = (target: object, more: object = {}) => ({
  Targets: [{ Arn: target, Id: 'Target0', ...more }],
});

const assemblyWith = (properties: object) =>
  anAssembly({
    code: { scheduled: SCHEDULED },
    resources: {
      Queue: aQueue(),
      Counter: aFunction('scheduled'),
      Sleeper: aFunction('scheduled'),
      Rule: aRule(properties),
      RuleMay: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: arnOf('Counter'),
          Principal: 'events.amazonaws.com',
          SourceArn: arnOf('Rule'),
        },
      },
      Stranger: aFunction('scheduled'),
      Uninvited: aRule({ ScheduleExpression: 'rate(1 minute)', ...targeting(arnOf('Stranger')) }),
      Asleep: aRule({
        ...{ ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' },
        ...targeting(arnOf('Sleeper')),
      }),
    },
  });

const every = (ScheduleExpression: string, more: object = {}) => ({
  ...{ ScheduleExpression, State: 'ENABLED' },
  ...targeting(arnOf('Counter')),
  ...more,
});

interface Line {
  readonly now: number;
  readonly event: Record<string, unknown>;
}

const linesOf = (run: SmallRun, name: string): Line[] =>
  run
    .log(name)
    .split('\n')
    .filter((line) => line.startsWith('{"event"'))
    .map((line) => JSON.parse(line) as Line);

describe('a rule with a rate', () => {
  let run: SmallRun;
  beforeAll(async () => {
    // Two virtual minutes are 0.4 seconds at this pace.
    run = await startSmallRun(assemblyWith(every('rate(2 minutes)')), { timeScale: 300 });
  }, 30_000);
  afterAll(() => run.stop());

  const runs = (count: number) =>
    waitFor(`${count} runs`, async () => {
      const lines = linesOf(run, 'Counter');
      return lines.length >= count && lines;
    });

  test('goes on when a run fails', async () => {
    await runs(4);
    const [{ errors } = { errors: 0 }] = (await run.states()).filter(({ name }) => name === 'Counter');
    expect(errors).toBe(1);
  });

  test('tells the function what EventBridge would', async () => {
    const [{ event, now } = { event: {}, now: 0 }] = await runs(1);
    expect(event).toMatchObject({
      ...{ version: '0', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} },
      ...{ account: '000000000000', region: 'us-east-1', id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      resources: [expect.stringMatching(/^arn:aws:events:us-east-1:000000000000:rule\/.*Rule/)],
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(Math.abs(now - Date.parse(String(event.time)))).toBeLessThan(2 * MINUTE);
  });

  test('runs no function that does not let it', async () => {
    await runs(3);
    expect(linesOf(run, 'Stranger')).toEqual([]);
    expect(run.log('iam')).toMatch(
      /events\.amazonaws\.com is not authorized to perform: lambda:InvokeFunction/,
    );
  });

  test('that is disabled runs nothing', async () => {
    await runs(3);
    expect(linesOf(run, 'Sleeper')).toEqual([]);
  });
});

describe('rejects by name', () => {
  test.each([
    ['a cron expression', every('cron(0 12 * * ? *)'), /cron\(0 12 \* \* \? \*\)/],
    ['a rate of nothing', every('rate(0 minutes)'), /rate\(0 minutes\)/],
    ['a plural of one, as EventBridge does', every('rate(1 minutes)'), /rate\(1 minutes\)/],
    ['a singular of many', every('rate(5 minute)'), /rate\(5 minute\)/],
    ['seconds', every('rate(30 seconds)'), /rate\(30 seconds\)/],
    ['a pattern', every('rate(1 minute)', { EventPattern: { source: ['aws.ec2'] } }), /EventPattern/],
    ['an input', every('rate(1 minute)', targeting(arnOf('Counter'), { Input: '{}' })), /Input/],
    ['a target that is no function', every('rate(1 minute)', targeting(arnOf('Queue'))), /is no function/],
    ['a state of another kind', every('rate(1 minute)', { State: 'PAUSED' }), /State/],
  ])('%s', async (_, properties, words) => {
    await expect(startSmallRun(assemblyWith(properties))).rejects.toThrow(words);
  });
});
