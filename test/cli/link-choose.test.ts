import { type ChooseArgs, chooseAccount } from '../../cli/link/choose';
import { userRefOf } from '../../events/user-ref';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { aLink } from '../helpers/links';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, surroundings } from './helpers/deps';

const REF = userRefOf('pepper', 'acme.eu.auth0.com', 'auth0|1');
const HEIR = 'h'.repeat(43);

function aConflict(fields: Partial<UserLink> = {}): UserLink {
  const found = { candidate: { accountId: 'acc-7' } };
  return aLink({ userRef: REF, state: 'held', code: 'conflict', revision: 4, ...found, ...fields });
}

const aMerge = (fields: Partial<UserLink> = {}) =>
  aLink({
    ...{ userRef: REF, state: 'held', code: 'merge-pending', ended: 'deleted', revision: 4 },
    ...{ accountId: 'acc-1', ownership: 'created', mergedInto: HEIR },
    ...fields,
  });

function setUp(...rows: UserLink[]) {
  const screen = aScreen();
  const audit = anAudit();
  const written: [UserLink, UserLink | undefined][] = [];
  const linkRows = {
    get: async (_: string, userRef: string, system: string) =>
      rows.find((row) => row.userRef === userRef && row.system === system),
    replace: async (_: string, row: UserLink, previous: UserLink | undefined) => {
      written.push([row, previous]);
    },
  };
  const deps = {
    ...surroundings(),
    ...screen,
    ...audit,
    linkRows: async () => linkRows,
    secrets: async () => ({ read: async () => 'pepper', write: async () => undefined }),
  };
  const choose = (given: Partial<ChooseArgs> = {}) =>
    chooseAccount({ userId: 'auth0|1', system: 'crm', new: false, keep: false, yes: false, ...given }, deps);
  return { choose, deps, screen, audit, written };
}

test('says which account was found and what can be done, and does nothing', async () => {
  const { choose, screen, audit, written } = setUp(aConflict());
  expect((await choose()).json).toEqual({ dryRun: true });
  expect(screen.text()).toContain('A rule found the account acc-7, which nobody has.');
  expect(screen.text()).toContain('link choose --account');
  expect(screen.lines.at(-1)).toBe('Nothing was changed.');
  await choose({ account: 'acc-7' });
  expect([written, audit.acts]).toEqual([[], []]);
});

test('says in which instance of the system it was found', async () => {
  const { choose, screen } = setUp(aConflict({ instance: 'de' }));
  await choose();
  expect(screen.text()).toContain('crm/de  held  conflict');
});

test.each<[Partial<ChooseArgs>, object | string, string]>([
  [{ account: 'acc-7' }, { accountId: 'acc-7', ownership: 'adopted' }, 'account'],
  [{ new: true }, 'new', 'new'],
])(
  'notes %j on the link, says what has to be sent, and leaves an audit row without the account',
  async (given, chosen, kind) => {
    const link = aConflict();
    const { choose, screen, audit, written } = setUp(link);
    expect((await choose({ ...given, yes: true })).json).toMatchObject({
      dryRun: false,
      choice: kind,
      becomes: 'pending',
    });
    expect(written).toEqual([[expect.objectContaining({ state: 'pending', chosen, revision: 5 }), link]]);
    expect(screen.text()).toContain(
      "npx punctual send --user-id 'auth0|1' --email … --username … --system crm",
    );
    expect(audit.acts).toEqual([
      {
        act: `link choose --${kind}`,
        subject: `crm ${REF} conflict`,
        outcome: 'done',
        counts: { chosen: 1 },
      },
    ]);
  },
);

test('hands the account of a merged user to the other, and forgets it only once they have it', async () => {
  const [link, heir] = [
    aMerge(),
    aLink({ userRef: HEIR, state: 'skipped', code: 'disabled', blocked: true }),
  ];
  const { choose, screen, audit, written } = setUp(link, heir);
  expect((await choose({ keep: true, yes: true })).json).toMatchObject({
    handedOver: true,
    becomes: 'held',
  });
  const chosen = { accountId: 'acc-1', ownership: 'created', from: 'auth0|1' };
  expect(written).toEqual([
    [expect.objectContaining({ userRef: HEIR, state: 'skipped', blocked: true, chosen, revision: 2 }), heir],
  ]);
  expect(screen.text()).toContain('The account becomes that of the user whom they became part of');
  expect(audit.acts).toMatchObject([{ act: 'link choose --keep', counts: { kept: 1, handedOver: 1 } }]);
});

test('makes a row for the other of whom nothing is known', async () => {
  const { choose, written } = setUp(aMerge());
  await choose({ keep: true, yes: true });
  expect(written[0]).toEqual([
    expect.objectContaining({ userRef: HEIR, system: 'crm', state: 'pending' }),
    undefined,
  ]);
  expect(written[0]?.[0]).not.toHaveProperty('user_id');
});

test('ends the link of a merged user whose account the other has by now', async () => {
  const heir = aLink({ userRef: HEIR, state: 'linked', accountId: 'acc-1' });
  const { choose, screen, written } = setUp(aMerge(), heir);
  expect((await choose({ keep: true, yes: true })).json).toMatchObject({ becomes: 'deprovisioned' });
  expect(written).toMatchObject([
    [{ userRef: REF, state: 'deprovisioned', ended: 'deleted', revision: 5 }, {}],
  ]);
  expect(written[0]?.[0]).not.toHaveProperty('user_id');
  expect(written[0]?.[0]).not.toHaveProperty('bound');
  expect(screen.text()).toContain('This link is done');
});

test('hands over nothing in a system that makes its accounts itself', async () => {
  const { choose, screen, written } = setUp({ ...aMerge(), signedOffAt: 1 });
  expect((await choose({ keep: true, yes: true })).json).toMatchObject({ handedOver: false });
  expect(written).toMatchObject([[{ userRef: REF, state: 'deprovisioned' }, {}]]);
  expect(screen.text()).toContain('makes its accounts itself');
});

test('leaves the account as it is where the other has one', async () => {
  const { choose, screen, written } = setUp(
    aMerge(),
    aLink({ userRef: HEIR, state: 'linked', accountId: 'acc-2' }),
  );
  expect((await choose({ keep: true, yes: true })).json).toMatchObject({ handedOver: false });
  expect(written).toMatchObject([[{ userRef: REF, state: 'deprovisioned' }, {}]]);
  expect(screen.text()).toContain('Nothing of ours changes, switches off or removes it');
});

test('names nobody where the user was asked for by userRef', async () => {
  const { choose, screen } = setUp(aConflict({ candidate: { accountId: 'auth0|1' } }));
  const { json } = await choose({ userId: undefined, ref: REF, account: 'auth0|1' });
  for (const told of [screen.text(), JSON.stringify(json)]) expect(told).not.toContain('auth0|1');
});

test.each<[string, string, UserLink[], Partial<ChooseArgs>]>([
  ['a user of whom nothing is known', 'no-link', [], {}],
  ['a link that is not held', 'not-held', [aConflict({ state: 'linked' })], {}],
  ['nothing chosen', 'usage', [aConflict()], {}],
  ['two choices', 'usage', [aConflict()], { new: true, account: 'a' }],
  ['an id that no account has', 'usage', [aConflict()], { account: 'a\nb' }],
  ['an id that is too long', 'usage', [aConflict()], { account: 'a'.repeat(257) }],
  ['an empty id', 'usage', [aConflict()], { account: '' }],
  ['an account for a user who has one', 'usage', [aConflict({ accountId: 'acc-1' })], { account: 'acc-7' }],
  ['an account for a user who is gone', 'usage', [aMerge()], { account: 'acc-7' }],
  ['--keep where nothing was merged', 'usage', [aConflict()], { keep: true }],
  [
    '--new for a deletion',
    'usage',
    [aConflict({ code: 'deletion-threshold', ended: 'deleted' })],
    { new: true },
  ],
  [
    'a heir with a worker',
    'link-busy',
    [aMerge(), aLink({ userRef: HEIR, lease: { token: 't', until: NOW + 1 } })],
    { keep: true },
  ],
])('rejects %s with %s', async (_, code, rows, given) => {
  const { choose, written, audit } = setUp(...rows);
  await expect(choose({ yes: true, ...given })).rejects.toMatchObject({ code });
  expect([written, audit.acts]).toEqual([[], []]);
});

test('does nothing that cannot be noted', async () => {
  const { deps, written } = setUp(aConflict());
  const args = { userId: 'auth0|1', system: 'crm', account: 'acc-7', new: false, keep: false, yes: true };
  await expect(chooseAccount(args, { ...deps, ...anAudit({ isUnavailable: true }) })).rejects.toThrow(
    'audit-unavailable',
  );
  expect(written).toEqual([]);
});
