import { CliError } from '../../cli/cli-error';
import type { Deps } from '../../cli/deps';
import { lookAtActions } from '../../cli/doctor/actions';
import { lookAtAlarmMail } from '../../cli/doctor/alarm-mail';
import { lookAtAlarms } from '../../cli/doctor/alarms';
import { lookAtApi } from '../../cli/doctor/api';
import { lookAtApiKey } from '../../cli/doctor/api-key';
import { fail, ok, warn } from '../../cli/doctor/check';
import { lookAtClock } from '../../cli/doctor/clock';
import { runDoctor } from '../../cli/doctor/doctor';
import { lookAtDlqs, lookAtQuarantine } from '../../cli/doctor/parked';
import { lookAtPermissions } from '../../cli/doctor/permissions';
import { lookAtSigningSecret } from '../../cli/doctor/signing-secret';
import { lookAtStack } from '../../cli/doctor/stack';
import { lookAtTenant } from '../../cli/doctor/tenant';
import { aScreen } from './helpers/a-screen';
import { anAudit, CRM_DLQ_URL, CRM_URL, NOW, outputs, QUARANTINE_URL, surroundings } from './helpers/deps';
import { aParked, queuesInMemory } from './helpers/queues-in-memory';

const DAY_MS = 24 * 60 * 60_000;
const SECRET = 'cHVuY3R1YWwtZXhhbXBsZS1zZWNyZXQtMDEyMzQ1Njc4';

interface Circumstances {
  readonly status?: string;
  readonly values?: Record<string, string>;
  readonly secret?: string;
  readonly keys?: readonly { id: string; enabled: boolean; createdAt: number }[];
  readonly aheadMs?: number;
  readonly alarms?: readonly { name: string; state: string; isOn: boolean }[];
  readonly subscriptions?: readonly { protocol: string; isConfirmed: boolean }[];
  readonly parked?: number;
  readonly quarantined?: number;
  /** By address: a status, or what the address tells. */
  readonly answers?: (url: string, headers: Record<string, string>) => Response | undefined;
  readonly denied?: string;
}

/** A stack that is well, but for what is said. */
function deps(but: Circumstances = {}): Deps {
  const { parked = 0, quarantined = 0 } = but;
  const contents = {
    [CRM_DLQ_URL]: Array.from({ length: parked }, () => aParked()),
    [QUARANTINE_URL]: Array.from({ length: quarantined }, () => aParked()),
  };
  const guard = <T>(action: string, value: T): T => {
    if (but.denied === action) throw new CliError('access-denied', `You may not do ${action}`, 'Ask');
    return value;
  };
  const around = surroundings();
  return {
    ...around,
    ...aScreen(),
    ...anAudit(),
    clock: { ...around.clock, aheadMs: () => but.aheadMs ?? 0 },
    outputs: async () => outputs(but.values),
    describeStack: async () => ({ status: but.status ?? 'UPDATE_COMPLETE', outputs: {} }),
    caller: async () => ({ arn: 'arn:aws:iam::1:role/ops' }),
    queues: queuesInMemory(contents, { [CRM_URL]: CRM_DLQ_URL }).queues,
    secrets: async () => ({
      read: async () => guard('secretsmanager:GetSecretValue', but.secret ?? SECRET),
      write: async () => undefined,
    }),
    signer: async () => ({ publicKey: async () => new Uint8Array(), sign: async () => new Uint8Array() }),
    workers: async () => ({ ask: async () => undefined }),
    saveText: async () => undefined,
    replaceText: async () => undefined,
    apiKeys: async () => ({
      ofPlan: async () =>
        guard('apigateway:GET', [...(but.keys ?? [{ id: 'k1', enabled: true, createdAt: NOW - DAY_MS }])]),
      value: async () => 'the key',
      create: async () => ({ id: '', enabled: true, createdAt: 0 }),
      disable: async () => undefined,
    }),
    links: async () => ({
      ofUser: async () => guard('dynamodb:Query', []),
      async *unsettled() {},
      async *scan() {},
    }),
    systemItems: async () => () => ({
      read: async () => guard('dynamodb:GetItem', undefined),
      write: async () => false,
    }),
    mailAccount: async () => {
      throw new Error('the stack has no invitations');
    },
    linkRows: async () => {
      throw new Error('doctor writes no link');
    },
    alarms: async () => ({
      telling: async () =>
        guard('cloudwatch:DescribeAlarms', [...(but.alarms ?? [{ name: 'a', state: 'OK', isOn: true }])]),
    }),
    topic: async () => ({
      subscriptionsOf: async () => [...(but.subscriptions ?? [{ protocol: 'email', isConfirmed: true }])],
      publish: async () => [],
    }),
    fetch: (async (url: string, init?: RequestInit) => {
      const answer = (but.answers ?? wellAnswers)(
        String(url),
        (init?.headers ?? {}) as Record<string, string>,
      );
      if (answer === undefined) throw new TypeError('fetch failed');
      return answer;
    }) as typeof fetch,
    environment: {},
    readText: async () => '',
  };
}

function wellAnswers(url: string, headers: Record<string, string>): Response {
  if (url.includes('openid')) return Response.json({ issuer: 'https://acme.eu.auth0.com/' });
  return new Response('{}', { status: headers['x-api-key'] === undefined ? 403 : 400 });
}

const CHECKS = {
  stack: lookAtStack,
  permissions: lookAtPermissions,
  clock: lookAtClock,
  'api key': lookAtApiKey,
  'signing secret': lookAtSigningSecret,
  'event api': lookAtApi,
  alarms: lookAtAlarms,
  'alarm mail': lookAtAlarmMail,
  dlqs: lookAtDlqs,
  quarantine: lookAtQuarantine,
  tenant: lookAtTenant,
};
type Name = keyof typeof CHECKS;

test.each(Object.keys(CHECKS) as Name[])('%s is ok where all is well', async (name) => {
  expect(await CHECKS[name](deps())).toMatchObject({ status: 'ok' });
});

const aKey = (fields: object) => ({ id: 'k1', enabled: true, createdAt: NOW - DAY_MS, ...fields });
const ring = (...keys: object[]) => JSON.stringify({ keys: keys.map((key) => ({ secret: SECRET, ...key })) });
const only = (status: number) => () => new Response('{}', { status });

test.each<[string, Name, 'warn' | 'fail', Circumstances, RegExp]>([
  [
    'a stack without an output that commands need',
    'stack',
    'fail',
    { values: { AuditTableName: '' } },
    /AuditTableName.*deploy/,
  ],
  [
    'a deployment that was rolled back',
    'stack',
    'warn',
    { status: 'UPDATE_ROLLBACK_COMPLETE' },
    /events in CloudFormation/,
  ],
  ['a deployment that goes on', 'stack', 'warn', { status: 'UPDATE_IN_PROGRESS' }, /Wait/],
  [
    'a stack that could not be rolled back',
    'stack',
    'fail',
    { status: 'UPDATE_ROLLBACK_FAILED' },
    /CloudFormation/,
  ],
  [
    'a read that IAM refuses',
    'permissions',
    'fail',
    { denied: 'cloudwatch:DescribeAlarms' },
    /role\/ops may not do cloudwatch:DescribeAlarms/,
  ],
  [
    'a secret that IAM refuses',
    'permissions',
    'fail',
    { denied: 'secretsmanager:GetSecretValue' },
    /secretsmanager:GetSecretValue/,
  ],
  ['a clock that is off', 'clock', 'warn', { aheadMs: 90_000 }, /90 s ahead.*NTP/],
  [
    'a clock that makes signatures worthless',
    'clock',
    'fail',
    { aheadMs: -301_000 },
    /301 s behind.*refused/,
  ],
  ['no enabled key', 'api key', 'fail', { keys: [aKey({ enabled: false })] }, /rotate api-key/],
  [
    'a rotation that was not finished',
    'api key',
    'warn',
    { keys: [aKey({}), aKey({ id: 'k0' })] },
    /actions deploy npx punctual rotate api-key --finish$/,
  ],
  ['an old key', 'api key', 'warn', { keys: [aKey({ createdAt: NOW - 400 * DAY_MS })] }, /400d old/],
  [
    'a ring without a key for today',
    'signing secret',
    'fail',
    { secret: ring({ notAfter: NOW - 1 }) },
    /rotate signing-secret/,
  ],
  [
    'two keys that sign',
    'signing secret',
    'warn',
    { secret: ring({ createdAt: NOW }, {}) },
    /actions deploy npx punctual rotate signing-secret --finish$/,
  ],
  [
    'a key of last year',
    'signing secret',
    'warn',
    { secret: ring({ createdAt: NOW - 400 * DAY_MS }) },
    /400d old/,
  ],
  ['an API that does not answer', 'event api', 'fail', { answers: () => undefined }, /no answer/],
  [
    'an API that asks for no key',
    'event api',
    'fail',
    { answers: only(400) },
    /without a key is answered 400/,
  ],
  [
    'an API that refuses the current key',
    'event api',
    'fail',
    { answers: only(403) },
    /current key is refused/,
  ],
  [
    'an alarm that rings',
    'alarms',
    'fail',
    { alarms: [{ name: 'crm-behind', state: 'ALARM', isOn: true }] },
    /1 of 1 ring: crm-behind.*runbook/,
  ],
  [
    'alarms that were switched off',
    'alarms',
    'warn',
    { alarms: [{ name: 'a', state: 'OK', isOn: false }] },
    /switched off: a/,
  ],
  ['no alarms', 'alarms', 'fail', { alarms: [] }, /no alarm/],
  ['nobody who is told', 'alarm mail', 'fail', { subscriptions: [] }, /nobody/],
  [
    'a mail that was not answered',
    'alarm mail',
    'fail',
    { subscriptions: [{ protocol: 'email', isConfirmed: false }] },
    /1 of 1.*link in the mail/,
  ],
  ['parked messages', 'dlqs', 'fail', { parked: 3 }, /crm: 3.*dlq show crm/],
  ['strays', 'quarantine', 'warn', { quarantined: 2 }, /2 events.*quarantine list/],
  ['a tenant that does not answer', 'tenant', 'fail', { answers: () => undefined }, /does not answer/],
  [
    'a domain that is no tenant',
    'tenant',
    'fail',
    { answers: () => Response.json({ issuer: 'https://other/' }) },
    /no tenant/,
  ],
])('%s is found', async (_, name, status, circumstances, told) => {
  const finding = await CHECKS[name](deps(circumstances));
  expect(finding.status).toBe(status);
  expect(`${finding.words} ${finding.todo}`).toMatch(told);
});

test('a key that is laid in for later is no rotation that was not finished', async () => {
  const secret = ring({ createdAt: NOW - DAY_MS }, { notBefore: NOW + DAY_MS });
  expect(await lookAtSigningSecret(deps({ secret }))).toMatchObject({ status: 'ok' });
});

test('a secret that is none is told without quoting it', async () => {
  await expect(lookAtSigningSecret(deps({ secret: 'hunter2' }))).rejects.toMatchObject({
    code: 'bad-signing-secret',
    message: expect.not.stringContaining('hunter2'),
  });
});

describe('the Actions', () => {
  const health =
    (isWell: boolean, isMissing = false, isOffered = true) =>
    async () => [
      {
        ...{ name: 'post-user-registration', issuer: 'actions' as const, isOffered },
        ...{ isWell, isMissing, hasSecrets: isWell, words: 'is not bound' },
      },
    ];
  const local = { AwsEndpoint: 'http://127.0.0.1:1', Region: 'us-east-1' };

  test('are looked at where there are credentials', async () => {
    expect(await lookAtActions(deps(), health(true))).toMatchObject({ status: 'ok' });
    expect(await lookAtActions(deps(), health(false))).toMatchObject({
      status: 'fail',
      words: 'post-user-registration is not bound',
      todo: expect.stringContaining('actions deploy'),
    });
  });

  test('need not be in the tenant of a local run, but must be well where they are', async () => {
    const here = { ...deps(), outputs: async () => ({ ...outputs(), local }) };
    expect(await lookAtActions(here, health(false, true))).toMatchObject({
      status: 'warn',
      todo: expect.stringContaining('actions deploy'),
    });
    expect(await lookAtActions(here, health(false))).toMatchObject({ status: 'fail' });
    expect(await lookAtActions(deps(), health(false, true))).toMatchObject({ status: 'fail' });
  });

  test('are no fault where the tenant does not have what one of them is for', async () => {
    expect(await lookAtActions(deps(), health(true, false, false))).toMatchObject({
      status: 'warn',
      todo: expect.stringContaining('docs/auth0.md'),
    });
  });

  test('are said to be not looked at where there are none', async () => {
    const none = () =>
      Promise.reject(new CliError('no-client-credentials', 'AUTH0_CLIENT_ID is not set', 'See docs'));
    expect(await lookAtActions(deps(), none)).toMatchObject({ status: 'warn', words: 'not looked at' });
  });
});

describe('the doctor', () => {
  const check = (name: string, finding: () => Promise<ReturnType<typeof ok>>) => ({ name, look: finding });

  test('ends with 1 only when something fails, and says what to do in lines that fit', async () => {
    const { screen, lines } = aScreen();
    const checks = [
      check('fine', async () => ok('all well')),
      check('odd', async () => warn('a little odd', 'Mend it when there is time')),
    ];
    expect((await runDoctor(checks, { ...deps(), screen })).exitCode).toBe(0);
    const words = 'something that takes more than one line of a narrow screen to say';
    const failing = check('broken', async () => fail(words, words));
    expect((await runDoctor([...checks, failing], { ...deps(), screen })).exitCode).toBe(1);
    expect(lines.filter((line) => line.startsWith('fail'))).toHaveLength(1);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });

  test('leaves a command in one piece', async () => {
    const { screen, lines } = aScreen();
    const command = 'npx punctual dlq show crm --directory /a/long/way/to/where/the/run/is';
    const checks = [check('dlqs', async () => fail('crm: 1', `What they are: ${command}`))];
    await runDoctor(checks, { ...deps(), screen });
    expect(lines.map((line) => line.trim())).toEqual([
      'fail  dlqs           crm: 1',
      '> What they are:',
      command,
    ]);
  });

  test('takes a check that cannot look for one that failed', async () => {
    const broken = check('broken', () => Promise.reject(new CliError('access-denied', 'You may not', 'Ask')));
    const { json, exitCode } = await runDoctor([broken], deps());
    expect(json).toEqual([{ check: 'broken', status: 'fail', words: 'You may not', todo: 'Ask' }]);
    expect(exitCode).toBe(1);
  });

  test('fails with one error where there are no outputs', async () => {
    const gone = { ...deps(), outputs: () => Promise.reject(new CliError('no-stack', 'There is no stack')) };
    await expect(runDoctor([], gone)).rejects.toMatchObject({ code: 'no-stack' });
  });
});
