import { parseFlags } from '../../local/flags';

test('no flags are the defaults', () => {
  expect(parseFlags([])).toEqual({
    once: false,
    json: false,
    timeScale: 1,
    directory: '.punctual',
    fault: [],
    faults: false,
    plan: 'essentials',
  });
});

test('every flag is read', () => {
  const args = [
    '--once',
    '--json',
    '--users',
    '7',
    '--port=4000',
    '--time-scale',
    '60',
    '--directory',
    'd',
    '--assembly',
    'a',
    '--fault=crm=timeout',
    '--fault',
    'profile=throttled,times=2',
    '--faults',
    '--tenant-plan',
    'free',
  ];
  expect(parseFlags(args)).toEqual({
    ...{ once: true, json: true, users: 7, port: 4000, timeScale: 60, directory: 'd', assembly: 'a' },
    ...{ faults: true, plan: 'free' },
    fault: [
      { system: 'crm', fault: 'timeout' },
      { system: 'profile', fault: 'throttled', times: 2 },
    ],
  });
});

test.each([
  [['--foo'], 'unknown-flag', /^--foo is not known here, known are --once/],
  [['--json', 'stray'], 'unknown-flag', /^stray is not known/],
  [['--users', '1000', 'stray'], 'unknown-flag', /^stray is not known/],
  [['--users', '-1'], 'bad-flag', /--users/],
  [['--users', '1.5'], 'bad-flag', /allowed are whole numbers from 0/],
  [['--port', '65536'], 'bad-flag', /from 1 to 65535/],
  [['--time-scale', '0'], 'bad-flag', /from 1/],
  [['--users'], 'bad-flag', /--users/],
  [['--fault', 'crm=explode'], 'bad-flag', /--fault is crm=explode/],
])('rejects %j in one line', (args, code, words) => {
  expect(() => parseFlags(args)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(words) }),
  );
  expect(() => parseFlags(args)).toThrow(/^[^\n]+$/);
});
