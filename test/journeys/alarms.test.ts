import { rm } from 'node:fs/promises';
import { type ConfigurationInput, defineConfiguration } from '../../lib/configuration';
import { ALARM_KINDS, type AlarmKindName } from '../../lib/monitoring/alarm-kinds';
import { type AlarmsOfRun, alarmsOf } from '../helpers/alarms';
import { assemblyOf } from '../helpers/assembly-of';
import { clearAway, keepRegistering, repair } from '../helpers/disturb';
import { DISTURBANCES } from '../helpers/disturbances';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';

/** Alarms look back for up to 45 minutes; on this clock, for half a minute. A faster one leaves a busy machine no time. */
const TIME_SCALE = 80;
const KINDS = Object.keys(ALARM_KINDS) as AlarmKindName[];
const SYSTEMS = {
  profile: { kind: 'profile', attributes: ['username'] },
  video: { kind: 'profile', attributes: ['username'] },
  crm: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' },
  tickets: { kind: 'scim', baseUrl: 'https://tickets.example.com/scim/v2' },
  auth0: { kind: 'auth0' },
} satisfies ConfigurationInput['systems'];
// An API that soon has too many calls, and an hour without an event is an alarm.
const ENVIRONMENT = {
  tenant: 'punctual-dev.eu.auth0.com',
  alarms: { email: 'on-call@example.com' },
  api: { throttle: { ratePerSecond: 1, burst: 1 } },
  statusApi: { throttle: { ratePerSecond: 1, burst: 1 } },
  monitoring: { silence: { afterHours: 1 } },
  provisioningApi: {},
  invitations: {
    ...{ from: 'hello@example.com', client: 'accept', throttle: { ratePerSecond: 1, burst: 1 } },
    applications: { shop: { clientId: 'shop', loginUri: 'https://shop.example.com/login' } },
  },
};

let assembly: string;
let run: LocalRun;
let alarms: AlarmsOfRun;
const failures: string[] = [];

const wentOff = (kind: AlarmKindName) =>
  waitFor(`alarm ${kind}`, async () => (await alarms.statesOf(kind)).includes('ALARM'), 120_000);

beforeAll(async () => {
  assembly = await assemblyOf(defineConfiguration({ environments: { dev: ENVIRONMENT }, systems: SYSTEMS }));
  run = await startLocalRun({ timeScale: TIME_SCALE, flags: ['--users', '0', '--assembly', assembly] });
  alarms = alarmsOf(run, 'UserProvisioning-dev', Object.keys(SYSTEMS));
  await wentOff('eventApiSilence');
  const disturbed = Object.values(DISTURBANCES).map((disturb) =>
    disturb({ run, wentOff }).catch((error: Error) => failures.push(error.message)),
  );
  await keepRegistering(
    run,
    Promise.all([...disturbed, ...KINDS.map(wentOff)]).catch(() => undefined),
  );
}, 180_000);
afterAll(async () => {
  await run?.stop();
  await rm(assembly, { recursive: true, force: true });
});

test('the template has an alarm of every kind, and each has its disturbance', async () => {
  const kinds = new Set((await alarms.list()).map(({ AlarmName = '' }) => alarms.kindOf(AlarmName)));
  expect([...kinds].toSorted()).toEqual(KINDS.toSorted());
  expect(Object.keys(DISTURBANCES).toSorted()).toEqual(KINDS.toSorted());
  expect(failures).toEqual([]);
});

test.each(KINDS)('%s goes off', async (kind) => {
  expect(await alarms.statesOf(kind)).toContain('ALARM');
});

// The run began with this alarm, which says nothing of a census that is taken no more.
test('a census that was taken and then is not any more is told again', async () => {
  const states = async () => (await alarms.statesOf('linkCensusSilence')).join();
  await waitFor('silence', async () => (await states()).endsWith('ALARM,OK,ALARM'), 90_000);
}, 100_000);

test('each alarm that went off has sent its mail, with the severity and the heading to read', async () => {
  const mails = await run.control<{ subject: string; text: string }[]>('GET', '/mails');
  for (const { AlarmName, AlarmDescription = '' } of (await alarms.list()).filter(
    ({ StateValue }) => StateValue === 'ALARM',
  )) {
    const mail = mails.find(({ subject }) => subject.startsWith(`ALARM: "${AlarmName}"`));
    expect(mail?.text).toContain(AlarmDescription);
    expect(mail?.text).toMatch(/^\[(critical|warning)\] .*\nRunbook: docs\/runbook\.md#[a-z0-9-]+$/m);
  }
});

test('whoever looks at the terminal sees alarms with their headings, in lines of 80 columns', async () => {
  const lines = run.printed().split('\n');
  const at = lines.indexOf('ALARM  UserProvisioning-dev-crm-connector-retries');
  expect(lines[at + 1]).toBe('       docs/runbook.md#connector-a-system-keeps-failing');
  expect(
    Math.max(...lines.filter((line) => /^(ALARM|OK) /.test(line)).map((line) => line.length)),
  ).toBeLessThan(80);
});

test('when everything is put right again, every alarm clears by itself', async () => {
  await repair(run);
  const notWell = async () => {
    await clearAway(run);
    return (await alarms.list())
      .filter(({ StateValue }) => StateValue !== 'OK')
      .map(({ AlarmName }) => AlarmName);
  };
  await waitFor('end of alarms', async () => (await notWell()).length === 0, 110_000).catch(() => undefined);
  expect(await notWell()).toEqual([]);
  for (const kind of KINDS) {
    expect([kind, await alarms.statesOf(kind)]).toEqual([kind, expect.arrayContaining(['OK', 'ALARM'])]);
  }
}, 130_000);
