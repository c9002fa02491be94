import type { LinkRow } from '../../cli/aws/link-table';
import { CliError } from '../../cli/cli-error';
import { listHeld } from '../../cli/link/list';
import { type ReleaseArgs, releaseLink } from '../../cli/link/release';
import { userRefOf } from '../../events/user-ref';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { aLink } from '../helpers/links';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, surroundings } from './helpers/deps';

const REF = userRefOf('pepper', 'acme.eu.auth0.com', 'auth0|1');
const HOUR = 3_600_000;

function aHeld(code: NonNullable<UserLink['code']>, fields: Partial<UserLink> = {}): UserLink {
  const updatedAt = new Date(NOW - 3 * HOUR).toISOString();
  const wide = { userRef: REF, accountId: 'acc-1', ownership: 'created' as const, updatedAt, revision: 4 };
  const ended = code === 'merge-pending' || code === 'deletion-threshold' ? 'deleted' : undefined;
  return aLink({ ...wide, state: 'held', code, ...(ended && { ended }), ...fields });
}

describe('link list', () => {
  function setUp(...rows: LinkRow[]) {
    const asked: string[] = [];
    const screen = aScreen();
    async function* unsettled(_: string, system: string) {
      asked.push(system);
      yield* rows.filter((row) => row.system === system);
    }
    const refuse = () => {
      throw new Error('the whole table is not to be read');
    };
    const links = { ofUser: refuse, unsettled, scan: refuse };
    return { deps: { ...surroundings(), ...screen, links: async () => links }, asked, screen };
  }

  test('has the held links of every system, what is known of each, and what can be done', async () => {
    const other = 'x'.repeat(43);
    const { deps, asked, screen } = setUp(
      aHeld('merge-pending', { mergedInto: other }),
      aHeld('conflict', { system: 'help-desk', accountId: undefined as never }),
      aLink({ userRef: 'failed', state: 'failed', code: 'remote-unavailable' }),
    );
    const { json, exitCode } = await listHeld({ limit: 50 }, deps);
    expect(asked).toEqual(['crm', 'help-desk']);
    expect(exitCode).toBeUndefined();
    expect(json).toMatchObject({
      links: [
        { userRef: REF, system: 'crm', code: 'merge-pending', hasAccount: true, mergedInto: other },
        { userRef: REF, system: 'help-desk', code: 'conflict', hasAccount: false },
      ],
      more: false,
    });
    expect(screen.text()).toMatch(new RegExp(`${REF} +crm +3h +merge-pending`));
    expect(screen.text()).toContain(`has an account, became part of ${other}`);
    expect(screen.text()).toContain('link with --remove');
    expect(screen.text()).toContain('link release --ref <user ref> --system <system>');
    expect(screen.lines.slice(0, 4).every((line) => line.length <= 80)).toBe(true);
  });

  test('names nobody', async () => {
    const { deps, screen } = setUp(aHeld('conflict', { accountId: 'auth0|1' }));
    const { json } = await listHeld({ limit: 50, system: 'crm' }, deps);
    for (const told of [screen.text(), JSON.stringify(json)]) expect(told).not.toContain('auth0|1');
  });

  test('counts towards its limit only what has the code that is asked for', async () => {
    const { deps, screen } = setUp(
      ...[aHeld('conflict'), aHeld('deletion-threshold'), aHeld('conflict'), aHeld('deletion-threshold')],
    );
    const args = { limit: 1, system: 'crm', code: 'deletion-threshold' };
    const { json } = await listHeld(args, deps);
    expect(json).toMatchObject({ links: [{ code: 'deletion-threshold' }], more: true });
    expect(screen.text()).toContain('more than 1');
    await listHeld({ ...args, code: 'ambiguous' }, deps);
    expect(screen.lines.at(-1)).toBe('No link is held in crm for ambiguous.');
  });
});

describe('link release', () => {
  const asked = (given: Partial<ReleaseArgs> = {}): ReleaseArgs => ({
    ...{ userId: 'auth0|1', system: 'crm', remove: false, yes: false },
    ...given,
  });

  /** `meanwhile` is what somebody else writes between the look and the write. */
  function setUp(link?: UserLink, { meanwhile = false } = {}) {
    const screen = aScreen();
    const audit = anAudit();
    const written: UserLink[] = [];
    const linkRows = {
      get: async (table: string, userRef: string, system: string) =>
        table === 'links' && userRef === link?.userRef && system === link.system ? link : undefined,
      replace: async (_: string, row: UserLink, previous: UserLink) => {
        expect(previous).toBe(link);
        if (meanwhile) throw new CliError('link-changed', 'The link was changed');
        written.push(row);
      },
    };
    const deps = {
      ...surroundings(),
      ...screen,
      ...audit,
      linkRows: async () => linkRows,
      secrets: async () => ({ read: async () => 'pepper', write: async () => undefined }),
    };
    return { deps, screen, audit, written };
  }

  test('says what it would do, and does nothing', async () => {
    const { deps, screen, audit, written } = setUp(aHeld('deletion-threshold'));
    const { json } = await releaseLink(asked(), deps);
    expect([written, audit.acts]).toEqual([[], []]);
    expect(json).toEqual({
      ...{ dryRun: true, userRef: REF, system: 'crm', code: 'deletion-threshold', accountId: 'acc-1' },
      becomes: 'deprovisioning',
    });
    expect(screen.text()).toMatch(/^crm {2}held {2}deletion-threshold {2}3h\nThe account is acc-1\./);
    expect(screen.text()).toContain('switched off within five minutes');
    expect(screen.lines.at(-1)).toBe('Nothing was changed. The same with --yes does it.');
  });

  test('sends the account of a deletion on its way out, and leaves an audit row without a name', async () => {
    const { deps, audit, written, screen } = setUp(aHeld('deletion-threshold', { next: 'disable' }));
    const { json } = await releaseLink(asked({ yes: true }), deps);
    expect(written).toMatchObject([
      { state: 'deprovisioning', code: 'deleted', next: 'disable', dueAt: NOW, counted: true, revision: 5 },
    ]);
    const subject = `crm ${REF} deletion-threshold`;
    expect(audit.acts).toEqual([{ act: 'link release', subject, outcome: 'done', counts: { released: 1 } }]);
    expect(json).toMatchObject({ dryRun: false, becomes: 'deprovisioning' });
    expect(screen.lines[0]).toBe('The account is on its way out.');
  });

  test.each(['conflict', 'ambiguous'] as const)(
    'lets %s wait, and says what has to be sent',
    async (code) => {
      const { deps, written, screen } = setUp(aHeld(code));
      const { json } = await releaseLink(asked({ yes: true }), deps);
      expect(written).toMatchObject([{ state: 'pending', attempts: 0, accountId: 'acc-1' }]);
      expect(json).toMatchObject({ becomes: 'pending' });
      expect(screen.text()).toContain(
        "npx punctual send --user-id 'auth0|1' --email … --username … --system crm",
      );
    },
  );

  test('of a blocked user tells to send nothing', async () => {
    const { deps, screen } = setUp(aHeld('conflict', { blocked: true }));
    await releaseLink(asked({ yes: true }), deps);
    expect(screen.text()).toContain('The user is blocked');
    expect(screen.text()).not.toContain('punctual send');
  });

  test('lets the account of a merged user go with --remove alone', async () => {
    const { deps, written, screen, audit } = setUp(aHeld('merge-pending', { mergedInto: 'other' }));
    await releaseLink(asked(), deps);
    expect(screen.text()).toContain('The user became part of other.');
    expect(screen.lines.at(-1)).toContain('The same with --remove --yes does it.');
    await expect(releaseLink(asked({ yes: true }), deps)).rejects.toMatchObject({ code: 'usage' });
    expect([written, audit.acts]).toEqual([[], []]);
    await releaseLink(asked({ yes: true, remove: true }), deps);
    expect(written).toMatchObject([{ state: 'deprovisioning', next: 'disable', mergedInto: 'other' }]);
    expect(audit.acts).toMatchObject([{ act: 'link release --remove', outcome: 'done' }]);
  });

  test('names nobody where the user was asked for by userRef', async () => {
    const { deps, screen } = setUp(aHeld('conflict', { accountId: 'auth0|1' }));
    const { json } = await releaseLink(asked({ userId: undefined, ref: REF }), deps);
    for (const told of [screen.text(), JSON.stringify(json)]) expect(told).not.toContain('auth0|1');
    expect(screen.text()).toContain("--user-id '<user id>'");
  });

  test('fails when somebody else changed the link meanwhile, and the audit row says so', async () => {
    const { deps, audit } = setUp(aHeld('conflict'), { meanwhile: true });
    await expect(releaseLink(asked({ yes: true }), deps)).rejects.toMatchObject({ code: 'link-changed' });
    expect(audit.acts).toMatchObject([{ act: 'link release', outcome: 'failed', code: 'link-changed' }]);
  });

  test('does nothing that cannot be noted', async () => {
    const { deps, written } = setUp(aHeld('conflict'));
    const unavailable = { ...deps, ...anAudit({ isUnavailable: true }) };
    await expect(releaseLink(asked({ yes: true }), unavailable)).rejects.toThrow('audit-unavailable');
    expect(written).toEqual([]);
  });

  test.each<[string, string, number, UserLink | undefined, Partial<ReleaseArgs>]>([
    ['a user of whom nothing is known', 'no-link', 1, undefined, {}],
    ['a link that is not held', 'not-held', 1, aHeld('conflict', { state: 'linked' }), {}],
    ['a reason that it does not know', 'not-held', 1, aHeld('newer' as never), {}],
    [
      'a link with a worker',
      'link-busy',
      1,
      aHeld('conflict', { lease: { token: 't', until: NOW + 1 } }),
      {},
    ],
    ['a system that there is not', 'no-system', 2, aHeld('conflict'), { system: 'crn' }],
    ['two names for one user', 'usage', 2, aHeld('conflict'), { ref: REF }],
    ['no name at all', 'usage', 2, aHeld('conflict'), { userId: undefined }],
    ['--remove where nothing was merged', 'usage', 2, aHeld('conflict'), { remove: true }],
  ])('rejects %s with %s', async (_, code, exitCode, link, given) => {
    const { deps, written, audit } = setUp(link);
    const released = releaseLink(asked({ yes: true, ...given }), deps);
    await expect(released).rejects.toMatchObject({ code, exitCode });
    expect([written, audit.acts]).toEqual([[], []]);
  });
});
