import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainAwsError } from '../../cli/aws/explain-aws-error';
import { createAwsClock } from '../../cli/clock';
import { quoted } from '../../cli/quoted';
import {
  consumerQueuesOf,
  outputOf,
  sourceQueuesOf,
  systemQueuesOf,
  systemsOf,
  takesEvents,
} from '../../cli/target/outputs';
import { readLocalOutputs } from '../../cli/target/read-local-outputs';
import { openTarget } from '../../cli/target/target';
import { outputs, STACK_ID } from './helpers/deps';

const directory = () => mkdtempSync(join(tmpdir(), 'punctual-cli-'));

describe('a local run', () => {
  test('is known by the outputs it wrote, and called where it listens', async () => {
    const folder = directory();
    const local = { AwsEndpoint: 'http://127.0.0.1:1', Region: 'us-east-1' };
    writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ Stack: { A: 'a' }, Local: local }));
    const target = openTarget({ directory: folder }, () => Promise.reject(new Error('asked AWS')));
    expect(await target.outputs()).toEqual({ stackName: 'Stack', values: { A: 'a' }, local });
    expect(await target.clientConfig()).toMatchObject({
      endpoint: 'http://127.0.0.1:1',
      region: 'us-east-1',
    });
  });

  test('fails with what to do where there is none', async () => {
    await expect(readLocalOutputs(directory())).rejects.toMatchObject({
      code: 'no-local-run',
      hint: 'Start one with npm start, or name a deployed stack with --stack',
    });
  });

  test.each(['', 'null', '{}', '{"Local":{"AwsEndpoint":"x"}}'])(
    'fails for a file that holds %j',
    async (text) => {
      const folder = directory();
      writeFileSync(join(folder, 'outputs.json'), text);
      await expect(readLocalOutputs(folder)).rejects.toMatchObject({ code: 'bad-outputs' });
    },
  );
});

test('a stack is asked once, with the credentials of the SDK', async () => {
  const asked: string[] = [];
  const target = openTarget({ stack: 'Prod', region: 'eu-west-1', directory: 'x' }, async (name) => {
    asked.push(name);
    return { A: 'a' };
  });
  expect(await target.outputs()).toEqual({ stackName: 'Prod', values: { A: 'a' } });
  await target.outputs();
  expect(asked).toEqual(['Prod']);
  expect(await target.clientConfig()).toEqual({ region: 'eu-west-1' });
});

test('systems are named by their queues, dashes and all', () => {
  expect(systemQueuesOf(outputs()).map(({ system }) => system)).toEqual(['crm', 'help-desk']);
});

test('a system that others work off has a queue and no links', () => {
  const all = outputs({ ConsumerQueueUrlSearchIndex: `https://sqs/0/search-index-${STACK_ID}` });
  expect(consumerQueuesOf(all)).toMatchObject([{ system: 'search-index', suffix: 'SearchIndex' }]);
  expect(sourceQueuesOf(all).map(({ system }) => system)).toEqual(['crm', 'help-desk', 'search-index']);
  expect(systemsOf(all, undefined)).toEqual(['crm', 'help-desk']);
  const asked = (system: string) => () => systemsOf(all, system);
  expect(asked('search-index')).toThrow(expect.objectContaining({ code: 'no-links', exitCode: 2 }));
  expect(asked('nothing')).toThrow(expect.objectContaining({ code: 'no-system' }));
});

test('a system without links takes events where the stack says so, and nowhere else', () => {
  const told = { values: { ConsumingSystems: 'search-index,mailer' } };
  expect(['search-index', 'mailer', 'search'].map((system) => takesEvents(told, system))).toEqual([
    ...[true, true, false],
  ]);
  expect(takesEvents({ values: {} }, 'search-index')).toBe(false);
});

test('fails for an output that an older stack does not have', () => {
  expect(() => outputOf(outputs(), 'New')).toThrow(expect.objectContaining({ code: 'output-missing' }));
});

test.each([
  ['AccessDeniedException', 'access-denied'],
  ['AccessDenied', 'access-denied'],
  ['KMSAccessDeniedException', 'access-denied'],
  ['CredentialsProviderError', 'no-credentials'],
  ['ExpiredTokenException', 'no-credentials'],
  ['TimeoutError', 'unreachable'],
  ['ThrottlingException', 'aws-refused'],
])('%s of the SDK is %s', (name, code) => {
  const error = explainAwsError(Object.assign(new Error('Line\nof AWS.'), { name }), 'sqs:SendMessage');
  expect(error).toMatchObject({ code, exitCode: 3 });
  expect(`${error.message} ${error.hint}`).not.toContain('\n');
  if (code === 'access-denied') expect(error.message).toContain('sqs:SendMessage');
});

describe('the clock', () => {
  const NOW = Date.parse('2026-11-20T10:00:00Z');

  test('goes by what AWS tells, where ours is off', () => {
    const clock = createAwsClock(() => NOW);
    expect([clock.now(), clock.aheadMs()]).toEqual([NOW, undefined]);
    clock.learn('Fri, 20 Nov 2026 09:50:00 GMT');
    expect([clock.now(), clock.aheadMs()]).toEqual([NOW - 600_000, 600_000]);
  });

  test('is not moved by what a second and the way explain, nor by nonsense', () => {
    const clock = createAwsClock(() => NOW);
    clock.learn('Fri, 20 Nov 2026 09:59:59 GMT');
    clock.learn('nonsense');
    clock.learn(null);
    expect(clock.now()).toBe(NOW);
  });
});

test.each([
  ['crm', 'crm'],
  ['auth0|1', "'auth0|1'"],
  ["it's", "'it'\\''s'"],
  ['', "''"],
])('a shell takes %j as %s', (text, word) => {
  expect(quoted(text)).toBe(word);
});
