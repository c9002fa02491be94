import { CliError } from '../../cli/cli-error';
import { type ExplainArgs, explainUser } from '../../cli/explain/explain';
import type { ExplainRequest } from '../../events/explain-request';
import type { Explanation } from '../../events/explanation';
import { userRefOf } from '../../events/user-ref';
import { anEvent } from '../helpers/events';
import { aScreen } from './helpers/a-screen';
import { anAudit, surroundings } from './helpers/deps';

const REF = userRefOf('pepper', 'acme.eu.auth0.com', 'auth0|1');
const args = (given: Partial<ExplainArgs> = {}): ExplainArgs => {
  return { userId: 'auth0|1', reveal: false, dryRun: false, ...given };
};
const LONG =
  'a reason that is much longer than any line of eighty columns can be, and so goes on in the next';

function anExplanation(given: Partial<Explanation> = {}): Explanation {
  const step = { is: 'well' as const, words: 'fine', details: [], requests: [] };
  return {
    system: 'crm',
    revealed: false,
    steps: [
      { name: 'scope', ...step },
      { name: 'find', ...step, words: LONG, details: ['asked by its id: none'] },
      { name: 'match', ...step },
      {
        name: 'plan',
        ...step,
        attributes: [{ to: 'userName', act: 'set', why: 'the event says so', value: '•••' }],
      },
      {
        name: 'send',
        ...step,
        requests: [
          {
            line: 'POST https://crm/Users',
            headers: { accept: 'json' },
            body: { userName: '•••' },
            sent: false,
          },
        ],
      },
    ],
    ...given,
  };
}

function setUp(answer: (arn: string) => unknown = () => anExplanation(), file = '{}') {
  const asked: [string, ExplainRequest['explain']][] = [];
  const screen = aScreen();
  const workers = {
    ask: async (arn: string, payload: object) => {
      asked.push([arn, (payload as ExplainRequest).explain]);
      return answer(arn);
    },
  };
  const { audit, acts } = anAudit();
  const deps = {
    ...surroundings(),
    ...screen,
    audit,
    environment: {},
    fetch: (async () => {
      throw new Error('no credentials, no call');
    }) as typeof fetch,
    readText: async () => file,
    secrets: async () => ({ read: async () => 'pepper', write: async () => undefined }),
    workers: async () => workers,
  };
  return { deps, asked, acts, screen };
}

describe('the systems of a user', () => {
  test('are asked by their own functions, each for itself', async () => {
    const { deps, asked, screen, acts } = setUp();
    const { exitCode, json } = await explainUser(args(), deps);
    expect(asked.map(([arn]) => arn)).toEqual(['arn:crm', 'arn:help-desk']);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ userRef: REF, event: { from: 'nobody' }, systems: [{ system: 'crm' }, {}] });
    expect(screen.text()).toMatch(/^ {2}1 scope {2}fine$/m);
    expect(screen.text()).toMatch(/^ {2}5 send {3}fine$/m);
    expect(screen.text()).toContain('The attributes are not known: no-client-credentials');
    expect(acts).toEqual([]);
  });

  test('are shown in eighty columns', async () => {
    const { deps, screen } = setUp();
    await explainUser(args({ system: 'crm' }), deps);
    expect(Math.max(...screen.lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(screen.text()).toContain('POST https://crm/Users (not sent)');
    expect(screen.text()).toContain('userName: set to •••, the event says so');
  });

  test('get the event of a file as it is', async () => {
    const file = JSON.stringify(anEvent());
    const { deps, asked } = setUp(undefined, file);
    const { json } = await explainUser(args({ system: 'crm', event: 'event.json', dryRun: true }), deps);
    expect(asked).toEqual([['arn:crm', { userId: 'auth0|1', reveal: false, event: file }]]);
    expect(json).toMatchObject({ event: { from: 'file', type: 'user.registered' } });
  });

  test('show personal data to who asks for it, and that is noted', async () => {
    const { deps, asked, acts } = setUp();
    await explainUser(args({ reveal: true }), deps);
    expect(asked.every(([, { reveal }]) => reveal)).toBe(true);
    expect(acts).toEqual([{ act: 'explain', subject: REF, outcome: 'done', counts: { systems: 2 } }]);
  });
});

describe('what is not well', () => {
  test('fails for an event of somebody else', async () => {
    const { deps, asked } = setUp(undefined, JSON.stringify(anEvent({ user: { user_id: 'auth0|2' } })));
    await expect(explainUser(args({ event: 'event.json' }), deps)).rejects.toMatchObject({ exitCode: 2 });
    expect(asked).toEqual([]);
  });

  test.each([
    ['no answer', new CliError('worker-failed', 'The function ended', 'Deploy it')],
    ['an answer of another version', { system: 'crm', steps: [] }],
    ['an answer that is none', undefined],
  ])('%s of one system leaves those of the others, and ends with 1', async (_, answer) => {
    const { deps, screen } = setUp((arn) => {
      if (arn !== 'arn:crm') return anExplanation({ system: 'help-desk' });
      if (answer instanceof Error) throw answer;
      return answer;
    });
    const { exitCode, json } = await explainUser(args(), deps);
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({
      systems: [{ system: 'crm', error: { code: 'worker-failed' } }, { system: 'help-desk' }],
    });
    expect(screen.text()).toContain('worker-failed');
    expect(screen.text()).toMatch(/^help-desk$/m);
  });

  test('a step that could not be found out ends with 1', async () => {
    const [scope, ...steps] = anExplanation().steps;
    const unknown = { ...scope, is: 'unknown' } as Explanation['steps'][number];
    const { deps } = setUp(() => anExplanation({ steps: [unknown, ...steps] }));
    expect((await explainUser(args(), deps)).exitCode).toBe(1);
  });

  test('fails where IAM refuses, with the action that is missing', async () => {
    const { deps } = setUp(() => {
      throw new CliError('access-denied', 'You may not do lambda:InvokeFunction');
    });
    await expect(explainUser(args(), deps)).rejects.toMatchObject({ code: 'access-denied' });
  });

  test('fails for a system that is not there', async () => {
    await expect(explainUser(args({ system: 'none' }), setUp().deps)).rejects.toMatchObject({
      code: 'no-system',
    });
  });
});
