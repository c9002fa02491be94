import { monthsSince, type PersonalData } from '../../cli/export/collect';
import { exportPerson } from '../../cli/export/export';
import type { AuditRow } from '../../events/audit-row';
import { userRefOf } from '../../events/user-ref';
import { aLink } from '../helpers/links';
import { aScreen } from './helpers/a-screen';
import {
  anAudit,
  CRM_DLQ_URL,
  CRM_URL,
  NOW,
  outputs,
  QUARANTINE_URL,
  surroundings,
  TOPIC_DLQ_URL,
} from './helpers/deps';
import { aParked, queuesInMemory } from './helpers/queues-in-memory';

const USER = 'auth0|1';
const REF = userRefOf('pepper', 'acme.eu.auth0.com', USER);

function anAct(fields: Partial<AuditRow>): AuditRow {
  return {
    act: 'link release',
    subject: `crm ${REF} conflict`,
    who: 'ops',
    outcome: 'done',
    startedAt: '',
    ...fields,
  };
}

function setUp() {
  const screen = aScreen();
  const audit = anAudit();
  const saved = new Map<string, string>();
  const months: string[] = [];
  const queues = queuesInMemory(
    {
      [CRM_DLQ_URL]: [aParked(), aParked({ userId: 'auth0|2' })],
      [QUARANTINE_URL]: [aParked({ userId: 'auth0|2' })],
      [TOPIC_DLQ_URL]: [],
    },
    { [CRM_URL]: CRM_DLQ_URL, [outputs().values.QueueUrlHelpDesk ?? '']: 'https://sqs/0/help-desk-dlq' },
  );
  const link = aLink({
    ...{ userRef: REF, user_id: USER, state: 'linked', accountId: 'ada@example.com', unsettled: 'crm#1' },
    ...{ acceptedAt: Date.parse('2026-09-30T00:00:00Z'), lease: { token: 'a secret token', until: NOW } },
  });
  const acts = async () => {
    const { begin } = await audit.audit();
    const list = async (month: string) => {
      months.push(month);
      return month === '2026-11' ? [anAct({}), anAct({ subject: 'crm somebody-else conflict' })] : [];
    };
    return { begin, list };
  };
  const deps = {
    ...surroundings(),
    ...screen,
    audit: acts,
    links: async () => ({
      ofUser: async () => [link],
      unsettled: () => Promise.reject(),
      scan: () => Promise.reject(),
    }),
    queues: queues.queues,
    secrets: async () => ({ read: async () => 'pepper', write: async () => undefined }),
    environment: {},
    fetch: async () => new Response('{}', { status: 500 }),
    saveText: async (file: string, text: string) => void saved.set(file, text),
  };
  const run = (out?: string) =>
    exportPerson({ userId: USER, ...(out === undefined ? {} : { out }) }, deps as never);
  const document = () => JSON.parse([...saved.values()][0] ?? '{}') as PersonalData;
  return { run, deps, saved, screen, audit, queues, months, document };
}

test('has the links, what is parked, and what operators did about the person, and of nobody else', async () => {
  const { run, document, months } = setUp();
  expect(await run()).toMatchObject({ json: { userRef: REF } });
  expect(document()).toMatchObject({
    ...{ type: 'punctual.export', userId: USER, userRef: REF, tenant: 'acme.eu.auth0.com' },
    links: [{ system: 'crm', state: 'linked', accountId: 'ada@example.com', user_id: USER }],
    messages: [{ queue: 'crm', event: { data: { user: { user_id: USER, email: 'ada@example.com' } } } }],
    acts: [{ act: 'link release' }],
  });
  expect(months).toEqual(['2026-09', '2026-10', '2026-11']);
  expect(JSON.stringify(document())).not.toMatch(/auth0\|2|somebody-else/);
});

test('holds no secret: no token of a worker, and no signature', async () => {
  const { run, saved } = setUp();
  await run();
  expect([...saved.values()].join()).not.toMatch(/a secret token|v1,abc|pepper/);
});

test('goes to a file, and to the screen only when that is asked for', async () => {
  const { run, saved, screen } = setUp();
  await run();
  expect([...saved.keys()]).toEqual([`export-${REF.slice(0, 12)}-20261120T100000Z.json`]);
  expect(screen.text()).not.toContain('ada@example.com');
  const other = setUp();
  await other.run('-');
  expect(other.saved.size).toBe(0);
  expect(JSON.parse(other.screen.lines.join('\n'))).toMatchObject({ userId: USER });
});

test('says what is not in it, and where that is', async () => {
  const { run, document, screen } = setUp();
  expect((await run()).exitCode).toBe(0);
  const { notIncluded } = document();
  expect(notIncluded.find(({ what }) => what === 'the profile in Auth0')?.where).toContain('AUTH0_CLIENT_ID');
  for (const { where } of notIncluded) expect(where).not.toBe('');
  expect(screen.text()).toContain('Not in it:');
  expect(screen.text()).toContain('\n  1 link, 1 parked message, 1 act\n');
  expect(screen.lines.filter((line) => line.length > 80)).toEqual([]);
});

test('ends with 1 when a part could not be read', async () => {
  const { run, queues, document } = setUp();
  await (await queues.queues()).receive(QUARANTINE_URL, 60);
  expect((await run()).exitCode).toBe(1);
  expect(document().notIncluded).toContainEqual(
    expect.objectContaining({ what: 'some messages of quarantine', failed: true }),
  );
});

test('leaves a trace without personal data, and leaves the queues as they were', async () => {
  const { run, audit, queues } = setUp();
  await run();
  expect(audit.acts).toEqual([
    { act: 'export', subject: REF, outcome: 'done', counts: { links: 1, messages: 1 } },
  ]);
  expect(queues.at(CRM_DLQ_URL)).toHaveLength(2);
});

test.each([
  ['2026-11-20', '2026-11-20', ['2026-11']],
  ['2025-12-31', '2026-01-31', ['2025-12', '2026-01']],
])('looks through the months from %s to %s', (from, to, months) => {
  expect(monthsSince(Date.parse(from), Date.parse(to))).toEqual(months);
});
