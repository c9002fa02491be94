import type { LinkRow } from '../../cli/aws/link-table';
import { type StatusArgs, showStatus } from '../../cli/status/status';
import { userRefOf } from '../../events/user-ref';
import { aScreen } from './helpers/a-screen';
import { NOW, outputs, STACK_ID, surroundings } from './helpers/deps';

const REF = userRefOf('pepper', 'acme.eu.auth0.com', 'auth0|1');
const args = (given: Partial<StatusArgs>): StatusArgs => ({ watch: false, limit: 50, ...given });

function aRow(fields: Partial<LinkRow> = {}): LinkRow {
  const times = { acceptedAt: NOW - 120_000, updatedAt: new Date(NOW - 60_000).toISOString() };
  return {
    userRef: REF,
    system: 'crm',
    state: 'linked',
    user_id: 'auth0|1',
    accountId: 'acc-1',
    attempts: 1,
    ...times,
    ...fields,
  };
}

/** `reads` are what the table holds at each look; the last one stays. */
function setUp(...reads: LinkRow[][]) {
  const asked: unknown[] = [];
  const screen = aScreen();
  const around = surroundings();
  async function* give(name: string, ...of: unknown[]): AsyncGenerator<LinkRow> {
    asked.push([name, ...of]);
    yield* reads[0] ?? [];
  }
  const links = {
    ofUser: async (table: string, userRef: string) => {
      asked.push(['ofUser', table, userRef]);
      return (reads.length > 1 ? reads.shift() : reads[0]) ?? [];
    },
    unsettled: (table: string, system: string) => give('unsettled', table, system),
    scan: (table: string, state: string, system?: string) => give('scan', table, state, system),
  };
  const deps = {
    ...around,
    ...screen,
    links: async () => links,
    systemItems: async () => {
      throw new Error('no system is asked about');
    },
    secrets: async () => ({ read: async () => 'pepper', write: async () => undefined }),
  };
  return { deps, asked, screen, around };
}

describe('the links of a user', () => {
  test('are waited for in no system that only those know who accepted an invitation', async () => {
    const { deps } = setUp([aRow(), aRow({ system: 'help-desk' })]);
    const around = {
      ...deps,
      outputs: async () =>
        outputs({ QueueUrlAuth0: `https://sqs/0/auth0-${STACK_ID}`, GrantingSystems: 'auth0' }),
    };
    const { exitCode, json } = await showStatus(args({ userId: 'auth0|1', watch: true }), around);
    expect([exitCode, (json as { links: unknown[] }).links.length]).toEqual([0, 2]);
  });

  test('are found by the user id, through the pepper and the tenant', async () => {
    const { deps, asked, screen } = setUp([aRow()]);
    const { exitCode, json } = await showStatus(args({ userId: 'auth0|1' }), deps);
    expect(asked).toEqual([['ofUser', 'links', REF]]);
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({
      userRef: REF,
      links: [{ system: 'crm', state: 'linked', accountId: 'acc-1', attempts: 1 }],
    });
    expect(screen.text()).toMatch(/crm +linked +acc-1 +1 +1m/);
    expect(screen.text()).toMatch(/help-desk +no link/);
  });

  test('tell the code of each with its words, and how long a person has waited', async () => {
    const { deps, screen } = setUp([
      aRow({ state: 'pending', code: 'remote-unavailable', accountId: undefined as never }),
    ]);
    await showStatus(args({ userId: 'auth0|1' }), deps);
    expect(screen.text()).toMatch(/pending +remote-unavailable +1 +2m/);
    expect(screen.text()).toContain('remote-unavailable: The system could not be reached');
  });

  test('name nobody when the user was asked for by userRef', async () => {
    const { deps, screen } = setUp([aRow({ accountId: 'auth0|1' })]);
    const { json } = await showStatus(args({ ref: REF }), deps);
    for (const told of [screen.text(), JSON.stringify(json)]) expect(told).not.toContain('auth0|1');
  });

  test('end with 1 when there are none', async () => {
    const { deps, screen } = setUp([]);
    expect((await showStatus(args({ userId: 'auth0|2' }), deps)).exitCode).toBe(1);
    expect(screen.text()).toContain('Nothing is known');
  });

  test('bring no order of a remote system to the screen', async () => {
    const { deps, screen } = setUp([aRow({ accountId: '\u001b]0;owned\u0007', code: '\u009b2J' })]);
    await showStatus(args({ userId: 'auth0|1' }), deps);
    expect(screen.text()).toContain('\\u{1b}]0;owned\\u{7}');
    expect(/\p{Cc}/u.test(screen.text().replaceAll('\n', ''))).toBe(false);
  });

  test('fit into 80 columns', async () => {
    const row = aRow({ accountId: 'a'.repeat(200), code: 'retries-exhausted', state: 'deprovisioning' });
    const { deps, screen } = setUp([row]);
    await showStatus(args({ userId: 'auth0|1' }), deps);
    expect(screen.lines.slice(0, 3).every((line) => line.length <= 80)).toBe(true);
  });
});

describe('being ready', () => {
  const required = async () => outputs({ RequiredSystems: 'crm,help-desk' });
  const crm = (fields: Partial<LinkRow>) => [aRow(fields), aRow({ system: 'help-desk' })];

  test.each([
    ['linked everywhere', crm({}), true],
    ['left out by the scope', crm({ state: 'skipped', code: 'out-of-scope' }), true],
    ['not brought by their connection', crm({ state: 'skipped', code: 'jit-off' }), true],
    ['out of the scope by now', crm({ state: 'disabled', code: 'out-of-scope' }), true],
    ['leaving the scope', crm({ state: 'deprovisioning', code: 'out-of-scope' }), true],
    ['not asked for yet', crm({ state: 'skipped', code: 'not-asked-yet' }), false],
    ['told, and not made', crm({ state: 'handed-over' }), false],
    ['switched off', crm({ state: 'disabled' }), false],
    ['without a link', [aRow({ system: 'help-desk' })], false],
    ['linked where nobody has to wait', [aRow({ system: 'video' })], false],
  ])('a person who is %s', async (_, rows, ready) => {
    const { deps, screen } = setUp(rows);
    const { json } = await showStatus(args({ userId: 'auth0|1' }), { ...deps, outputs: required });
    expect(json).toMatchObject({ ready });
    expect(/^Ready: /m.test(screen.text())).toBe(ready);
    expect(/^Not ready: no account in .*, which is required\.$/m.test(screen.text())).toBe(!ready);
  });

  test('is what watching ends well with, whatever becomes of the other systems', async () => {
    const rows = [aRow(), aRow({ system: 'help-desk' }), aRow({ system: 'mailing', state: 'handed-over' })];
    const asked = args({ userId: 'auth0|1', watch: true });
    expect((await showStatus(asked, { ...setUp(rows).deps, outputs: required })).exitCode).toBe(0);
    expect((await showStatus(asked, setUp(rows).deps)).exitCode).toBe(1);
  });

  test('is having every account that is to be made, where no system is required', async () => {
    const asked = args({ userId: 'auth0|1', watch: true });
    const watch = async (fields: Partial<LinkRow>) => {
      const { deps } = setUp([...crm(fields), aRow({ system: 'mailing' })]);
      const systems = async () => outputs({ Systems: 'crm,help-desk,mailing' });
      return (await showStatus(asked, { ...deps, outputs: systems })).exitCode;
    };
    expect(await watch({})).toBe(0);
    expect(await watch({ state: 'skipped', code: 'out-of-scope' })).toBe(0);
    expect(await watch({ state: 'skipped', code: 'jit-off' })).toBe(0);
    expect(await watch({ state: 'rejected' })).toBe(1);
  });

  test('is not said of one system, nor where none is required', async () => {
    const { deps, screen } = setUp([aRow()]);
    const some = await showStatus(args({ userId: 'auth0|1', system: 'crm' }), { ...deps, outputs: required });
    const none = await showStatus(args({ userId: 'auth0|1' }), deps);
    for (const { json } of [some, none]) expect(json).not.toHaveProperty('ready');
    expect(screen.text()).not.toMatch(/ready/i);
  });
});

describe('watching', () => {
  test('ends when nobody reads it any more', async () => {
    const { deps, around } = setUp([aRow({ state: 'pending' })]);
    const screen = { ...deps.screen, isRead: () => around.pauses.length < 2 };
    const { exitCode } = await showStatus(args({ userId: 'auth0|1', watch: true }), { ...deps, screen });
    expect([exitCode, around.pauses.length]).toEqual([1, 2]);
  });

  const both = (state: string) => [aRow({ state }), aRow({ system: 'help-desk', state })];

  test('goes on until every system has settled', async () => {
    const { deps, asked, screen } = setUp([], [aRow()], both('pending'), both('linked'));
    const { exitCode } = await showStatus(args({ userId: 'auth0|1', watch: true }), deps);
    expect(asked).toHaveLength(4);
    expect(screen.drawings).toHaveLength(4);
    expect(exitCode).toBe(0);
  });

  test('ends with 1 when a link settles without an account', async () => {
    const { deps } = setUp([aRow({ state: 'held', code: 'conflict' })]);
    const { exitCode } = await showStatus(args({ userId: 'auth0|1', watch: true, system: 'crm' }), deps);
    expect(exitCode).toBe(1);
  });

  test('ends with 1 by Ctrl-C', async () => {
    const { deps, around } = setUp(both('pending'));
    const stopping = { ...deps, pause: async () => around.stop.abort() };
    expect((await showStatus(args({ userId: 'auth0|1', watch: true }), stopping)).exitCode).toBe(1);
  });

  test('says after a while which systems make no link', async () => {
    const { deps, around, screen } = setUp([aRow()]);
    let now = NOW;
    const passing = {
      ...deps,
      now: () => now,
      pause: async () => {
        now += 31_000;
        if (screen.drawings.length > 1) around.stop.abort();
      },
    };
    await showStatus(args({ userId: 'auth0|1', watch: true }), passing);
    expect(screen.drawings[0]?.join('\n')).not.toContain('No link yet');
    expect(screen.drawings.at(-1)?.join('\n')).toContain('No link yet in help-desk');
  });
});

describe('lists', () => {
  test.each(['held', 'failed', 'rejected', 'pending'])('of %s links come from the index', async (state) => {
    const { deps, asked, screen } = setUp([aRow({ state, code: 'conflict' }), aRow({ state: 'other' })]);
    const { json } = await showStatus(args({ state, system: 'crm' }), deps);
    expect(asked).toEqual([['unsettled', 'links', 'crm']]);
    expect(json).toMatchObject({ links: [{ userRef: REF, state, code: 'conflict' }], more: false });
    for (const told of [screen.text(), JSON.stringify(json)]) expect(told).not.toMatch(/auth0\|1|acc-1/);
  });

  test('of other states read the whole table once, and say so', async () => {
    const { deps, asked, screen } = setUp([aRow()]);
    await showStatus(args({ state: 'linked' }), deps);
    expect(asked).toEqual([['scan', 'links', 'linked', undefined]]);
    expect(screen.text()).toContain('reads the whole table');
  });

  test('without a system go through all of them', async () => {
    const { deps, asked, screen } = setUp([aRow({ state: 'held' })]);
    await showStatus(args({ state: 'held' }), deps);
    expect(asked).toEqual([
      ['unsettled', 'links', 'crm'],
      ['unsettled', 'links', 'help-desk'],
    ]);
    expect(screen.lines[0]).toMatch(/user ref +system/);
  });

  test('end at the limit, and say that there is more', async () => {
    const { deps, screen } = setUp(Array.from({ length: 9 }, () => aRow({ state: 'held' })));
    const { json } = await showStatus(args({ state: 'held', system: 'crm', limit: 4 }), deps);
    expect(json).toMatchObject({ links: { length: 4 }, more: true });
    expect(screen.text()).toContain('more than 4');
  });
});

test.each([
  { watch: true },
  { userId: 'a', ref: 'b' },
  { userId: 'a', state: 'held' },
  { state: 'held', watch: true },
])('rejects %j', async (given) => {
  await expect(showStatus(args(given), setUp().deps)).rejects.toMatchObject({ code: 'usage' });
});

test('rejects a system that there is not, with those there are', async () => {
  await expect(showStatus(args({ state: 'held', system: 'x' }), setUp().deps)).rejects.toMatchObject({
    code: 'no-system',
    hint: 'There is crm, help-desk',
  });
});
