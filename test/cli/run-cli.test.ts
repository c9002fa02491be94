import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { CliError } from '../../cli/cli-error';
import { defineCommand } from '../../cli/command';
import { COMMANDS } from '../../cli/commands';
import { complete } from '../../cli/complete';
import { parseCommandLine } from '../../cli/parse-command-line';
import { runCli } from '../../cli/run-cli';

const seen: unknown[] = [];
const echo = defineCommand({
  usage: 'echo <what>',
  summary: 'says it again',
  options: {
    what: { type: 'string', demandOption: true },
    loud: { type: 'boolean', default: false },
    times: { type: 'number', default: 1 },
    tag: { type: 'string', array: true, nargs: 1 },
    'two-words': { type: 'string' },
  },
  examples: [],
  run: async (args) => {
    seen.push(args);
    if (args.what === 'ask') throw new CliError('no-answer', 'Nobody answers', 'Is the network there?');
    if (args.what === 'fail') throw new CliError('it-failed', 'It \u001b[2Jfailed', 'Try again');
    if (args.what === 'break') throw new TypeError('a defect\nin lines');
    return { json: { said: args.what }, exitCode: args.what === 'ill' ? 1 : 0 };
  },
});

/** Runs a command line; what was written is plain, as into a file. */
async function typed(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const streams = { stdout, stderr } as never;
  const code = await runCli(argv, { streams, commands: [echo] });
  const read = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: read(stdout), stderr: read(stderr) };
}

test('a command gets what was typed, by its type', async () => {
  await typed('echo', '007', '--loud', '--times', '3', '--tag', 'a', '--tag', 'b', '--two-words', '1e3');
  expect(seen.at(-1)).toMatchObject({ what: '007', loud: true, times: 3, tag: ['a', 'b'], twoWords: '1e3' });
});

test('a lone dash is a dash', async () => {
  await typed('echo', '-', '--two-words', 'x');
  expect(seen.at(-1)).toMatchObject({ what: '-', twoWords: 'x' });
  expect((await typed('echo', 'x', '-')).stderr).toContain('More than can be used: -.');
});

test('of a flag that is given twice the last counts', async () => {
  await typed('echo', 'x', '--two-words', 'a', '--two-words', 'b');
  expect(seen.at(-1)).toMatchObject({ twoWords: 'b' });
});

test('the exit code is what the command found', async () => {
  expect((await typed('echo', 'well')).code).toBe(0);
  expect((await typed('echo', 'ill')).code).toBe(1);
});

test('--json prints one value, and nothing else', async () => {
  expect(await typed('echo', 'well', '--json')).toEqual({ code: 0, stdout: '{"said":"well"}\n', stderr: '' });
});

test('an error is one line on stderr, with its code and what to do, and holds no order for the screen', async () => {
  const { code, stdout, stderr } = await typed('echo', 'fail');
  expect(code).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toBe('punctual: it-failed: It \\u{1b}[2Jfailed. Try again.\n');
  expect((await typed('echo', 'ask')).stderr).toBe(
    'punctual: no-answer: Nobody answers. Is the network there?\n',
  );
});

test('with --json an error is JSON', async () => {
  const { code, stderr } = await typed('echo', 'fail', '--json');
  expect(code).toBe(3);
  expect(JSON.parse(stderr)).toEqual({
    error: { code: 'it-failed', message: 'It \u001b[2Jfailed', hint: 'Try again' },
  });
});

test('a defect is one line too', async () => {
  const { code, stderr } = await typed('echo', 'break');
  expect(code).toBe(3);
  expect(stderr).toBe('punctual: unexpected: TypeError: a defect in lines. PUNCTUAL_DEBUG=1 shows where.\n');
});

test.each([
  [['ecko', 'x'], 'the nearest is echo'],
  [['echo'], 'Something is missing: echo <what>. npx punctual echo --help'],
  [['echo', 'x', '--lud'], 'There is no flag --lud; the nearest is --loud. npx punctual echo --help'],
  [['--hlep'], 'There is no flag --hlep; the nearest is --help. npx punctual --help'],
  [['echo', 'x', 'y'], 'More than can be used: y. npx punctual echo --help'],
  [['--directory', 'there', 'xyzzy'], 'There is no command xyzzy. npx punctual --help'],
  [['echo', 'x', '--times', 'many'], '--times is not a number'],
  [['echo', 'x', '--two-words'], '--two-words needs a value'],
  [['echo', 'x', '--two-words', ''], '--two-words is empty'],
  [['echo', 'x', '--two-words='], '--two-words is empty'],
  [['echo', 'x', '--two-words', 'a', '--two-words', ''], '--two-words is empty'],
  [['echo', 'x', '--stack', ''], '--stack is empty'],
  [['echo', ''], 'what is empty'],
  [['echo', 'x', '--region', 'eu-west-1'], '--region and --profile go with --stack'],
  [[], 'Name a command'],
])('rejects %j with 2 and what is wrong', async (argv, words) => {
  const { code, stdout, stderr } = await typed(...argv);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test.each([
  [['dlq', 'lst'], 'There is no command dlq lst; the nearest is list. npx punctual dlq --help'],
  [['dlq'], 'Name one of list, show, redrive. npx punctual dlq --help'],
  [['redrive', 'crm'], 'There is no command redrive; the nearest is dlq redrive. npx punctual --help'],
  [['statsu', 'auth0|1'], 'There is no command statsu; the nearest is status. npx punctual --help'],
  [
    ['status', 'auth0|1', '--userId', '1', '--staet', 'held'],
    'There is no flag --staet; the nearest is --state',
  ],
])('rejects %j with what was meant', async (argv, words) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  expect(await runCli(argv, { streams: { stdout, stderr } as never })).toBe(2);
  expect(String(stderr.read())).toContain(words);
});

test('a userRef that begins with a dash is no flag', async () => {
  const parsed = await parseCommandLine(['status', '--ref', '-abc', '--watch'], COMMANDS);
  expect(parsed).toMatchObject({ args: { ref: '-abc', watch: true } });
});

describe('help', () => {
  const helpOf = async (...words: string[]) => {
    const parsed = await parseCommandLine([...words, '--help'], COMMANDS);
    return 'text' in parsed ? parsed.text : '';
  };
  const groups = ['dlq', 'quarantine', 'rotate', 'actions', 'audit'];
  const all = [
    [],
    ...groups.map((group) => [group]),
    ...COMMANDS.map(({ usage }) => usage.split(/ (?=[<[])/)[0]?.split(' ') ?? []),
  ];

  test.each(all)('of %s %s fits into 80 columns and says how it is typed', async (...words) => {
    const help = await helpOf(...words.filter((word) => typeof word === 'string'));
    expect(help.split('\n')[0]).toContain(['punctual', ...words].join(' ').trim());
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test.each(COMMANDS.map((command) => [command.usage, command] as const))(
    '%s has an example that can be typed',
    async (_, { examples }) => {
      expect(examples.length).toBeGreaterThan(0);
      for (const [words] of examples) {
        const argv = [...words.matchAll(/'([^']*)'|(\S+)/g)].map(
          ([, quoted, plain]) => quoted ?? plain ?? '',
        );
        expect(await parseCommandLine(argv, COMMANDS)).toHaveProperty('command');
      }
    },
  );

  test('names the version', async () => {
    expect(await parseCommandLine(['--version'], COMMANDS)).toEqual({
      text: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });
});

describe('completion', () => {
  test.each([
    [['d'], ['dlq', 'doctor']],
    [
      ['dlq', ''],
      ['list', 'show', 'redrive'],
    ],
    [['rotate', 'si'], ['signing-secret']],
    [
      ['status', '--st'],
      ['--stack', '--state'],
    ],
    [['status', '--state', 'he'], ['held']],
    [['dlq', 'show', 'ev'], ['event-topic']],
    [['dlq', 'redrive', 'crm', '--a'], ['--all']],
  ])('of %j is %j', (words, found) => {
    expect(complete(words, COMMANDS)).toEqual(found);
  });

  test('knows the names of the local run', () => {
    const directory = mkdtempSync(join(tmpdir(), 'punctual-completion-'));
    const stack = {
      QueueUrlCrm: 'http://sqs/0/crm-2c106f5a-6988-1d7d-ad5d-6b915827b659',
      AuditTableName: 'x',
    };
    writeFileSync(join(directory, 'outputs.json'), JSON.stringify({ Stack: stack, Local: {} }));
    const typing = (...words: string[]) =>
      complete([...words.slice(0, 1), '--directory', directory, ...words.slice(1)], COMMANDS);
    expect(typing('status', '--system', 'c')).toEqual(['crm']);
    expect(typing('outputs', 'Aud')).toEqual(['AuditTableName']);
    expect(complete(['dlq', 'show', '--directory', directory, ''], COMMANDS)).toEqual(['crm', 'event-topic']);
    rmSync(directory, { recursive: true });
  });

  test('is what the shell is given for what it asks', async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const asked = ['--get-yargs-completions', 'punctual', 'quarantine', 'd'];
    expect(await runCli(asked, { streams: { stdout, stderr } as never })).toBe(0);
    expect(String(stdout.read())).toBe('drop\n');
  });
});
