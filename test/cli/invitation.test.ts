import { COMMANDS } from '../../cli/commands';
import { listInvitations } from '../../cli/invitation/list';
import { resendInvitation } from '../../cli/invitation/resend';
import { revokeInvitation } from '../../cli/invitation/revoke';
import { showInvitation } from '../../cli/invitation/show';
import { parseCommandLine } from '../../cli/parse-command-line';
import { MAIL_CODES } from '../../events/codes';
import type { InvitationView } from '../../events/invitations/schemas';
import { anInvitationApi, aView, idOfNumber, OPERATOR } from './helpers/an-invitation-api';

const ID = idOfNumber(1);
const said = (body: object) => ({ statusCode: 200, body: JSON.stringify(body) });
const page = (numbers: readonly number[], next?: string) =>
  said({
    invitations: numbers.map((number) => aView({ id: idOfNumber(number) })),
    ...(next !== undefined && { next }),
  });
const one = (fields: Partial<InvitationView> = {}) => said({ invitation: aView(fields) });
const LIST = { limit: 50, addresses: false };

describe('the list', () => {
  it('goes on from page to page until there are enough', async () => {
    const { deps, answers, calls } = anInvitationApi();
    answers.push(page([1, 2], 'c1'), page([], 'c2'), page([3]));
    const { json } = await listInvitations({ ...LIST, limit: 4, state: 'redeemed' }, deps);
    expect(json).toMatchObject({ isEverything: true });
    expect((json as { invitations: unknown[] }).invitations).toHaveLength(3);
    expect(calls.map(({ route, query }) => [route, query])).toEqual([
      ['GET /invitations', { state: 'redeemed', limit: '4' }],
      ['GET /invitations', { state: 'redeemed', limit: '2', cursor: 'c1' }],
      ['GET /invitations', { state: 'redeemed', limit: '2', cursor: 'c2' }],
    ]);
  });

  it('says when there may be more', async () => {
    const { deps, answers, screen } = anInvitationApi();
    answers.push(page([1, 2], 'c1'));
    const { json } = await listInvitations({ ...LIST, limit: 2 }, deps);
    expect(json).toMatchObject({ isEverything: false });
    expect(screen.lines.at(-1)).toBe('There may be more: --limit 4.');
  });

  it('shows addresses only to who asks for them, in 80 columns', async () => {
    const { deps, answers, screen } = anInvitationApi();
    answers.push(page([1]), page([1]));
    const without = await listInvitations({ ...LIST, email: 'ada@example.com' }, deps);
    expect(`${screen.text()}${JSON.stringify(without.json)}`).not.toContain('@');
    const { json } = await listInvitations({ ...LIST, addresses: true }, deps);
    expect([screen.text(), JSON.stringify(json)]).toEqual(
      Array(2).fill(expect.stringContaining('ada@example.com')),
    );
    expect(screen.lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('says so where there is none, and fails with a limit that is none', async () => {
    const { deps, answers, screen } = anInvitationApi();
    answers.push(page([]));
    await listInvitations(LIST, deps);
    expect(screen.lines).toEqual(['There are no such invitations.']);
    await expect(listInvitations({ ...LIST, limit: 0 }, deps)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('one invitation', () => {
  it('is shown with what it brings and how far it is, and without its address', async () => {
    const { deps, answers, calls, screen } = anInvitationApi();
    const mail = { state: 'bounced', at: '2026-11-20T10:01:00.000Z' } as const;
    answers.push(one({ mail, data: { funnelId: 'f-1' }, sending: 2 }));
    await showInvitation({ id: ID, addresses: false }, deps);
    expect(calls).toEqual([
      { operator: OPERATOR, route: 'GET /invitations/{invitation}', path: { invitation: ID } },
    ]);
    expect(screen.lines).toEqual(
      expect.arrayContaining([
        ...['state     open', 'mail      bounced, 2026-11-20T10:01:00.000Z', 'sent      2 times'],
        ...['data      funnelId=f-1', 'into      shop'],
      ]),
    );
    expect(screen.text()).not.toContain('@');
  });

  it.each(Object.entries(MAIL_CODES))('is shown with what %s of its mail means', async (code, words) => {
    const { deps, answers, screen } = anInvitationApi();
    answers.push(one({ mail: { state: 'failed', at: '2026-11-20T10:01:00.000Z', code } as never }));
    await showInvitation({ id: ID, addresses: false }, deps);
    expect(screen.text().replace(/\s+/g, ' ')).toContain(words);
  });

  it('fails where there is none, and for what is no id, of which nobody is told', async () => {
    const { deps, calls, acts } = anInvitationApi();
    const shown = { addresses: false };
    await expect(showInvitation({ id: ID, ...shown }, deps)).rejects.toMatchObject({
      ...{ code: 'invitation-unknown', exitCode: 1, message: 'There is no such invitation' },
      hint: expect.stringContaining('npx punctual invitation list'),
    });
    await expect(revokeInvitation({ id: 'ada@example.com', yes: true }, deps)).rejects.toMatchObject({
      code: 'invitation-unknown',
    });
    expect([calls.length, acts]).toEqual([1, []]);
  });
});

describe.each([
  ['resend', resendInvitation, 'POST /invitations/{invitation}/resend'],
  ['revoke', revokeInvitation, 'POST /invitations/{invitation}/revocation'],
] as const)('%s', (name, change, route) => {
  it('says what it would do, and does nothing', async () => {
    const { deps, answers, calls, acts, screen } = anInvitationApi();
    answers.push(one());
    const { json } = await change({ id: ID, yes: false }, deps);
    expect([json, acts]).toMatchObject([{ dryRun: true }, []]);
    expect(calls.map((call) => call.route)).toEqual(['GET /invitations/{invitation}']);
    expect(screen.lines.at(-1)).toBe('Nothing was changed. The same with --yes does it.');
  });

  it('does it with --yes, and leaves a row', async () => {
    const { deps, answers, calls, acts } = anInvitationApi();
    answers.push(one(), one());
    const { json } = await change({ id: ID, yes: true }, deps);
    expect(json).toMatchObject({ dryRun: false, changed: true });
    const path = { invitation: ID };
    expect(calls).toEqual([
      { operator: OPERATOR, route: 'GET /invitations/{invitation}', path },
      { operator: OPERATOR, route, path },
    ]);
    expect(acts).toEqual([{ act: `invitation ${name}`, subject: ID, outcome: 'done' }]);
  });

  it('fails for one that is not open any more', async () => {
    const { deps, answers, acts, problem } = anInvitationApi();
    answers.push(one({ state: 'redeemed' }), one({ state: 'expired' }));
    const closed = { code: 'invitation-closed', exitCode: 1 };
    await expect(change({ id: ID, yes: false }, deps)).rejects.toMatchObject(closed);
    await expect(change({ id: ID, yes: true }, deps)).rejects.toMatchObject(closed);
    // It changed nothing.
    expect(acts).toEqual([]);
    answers.push(one(), problem(409, 'invitation-closed'));
    await expect(change({ id: ID, yes: true }, deps)).rejects.toMatchObject(closed);
    expect(acts).toMatchObject([{ outcome: 'failed', code: 'invitation-closed' }]);
  });
});

it('revoking twice changes nothing the second time, and leaves one row', async () => {
  const { deps, answers, acts, calls, screen } = anInvitationApi();
  const revoked = one({ state: 'revoked', revokedAt: '2026-11-20T10:00:00.000Z' });
  answers.push(one(), revoked, revoked);
  await revokeInvitation({ id: ID, yes: true }, deps);
  const again = await revokeInvitation({ id: ID, yes: true }, deps);
  expect(again.json).toMatchObject({ dryRun: false, changed: false });
  expect(screen.lines.at(-1)).toBe('It is withdrawn already.');
  expect([acts.length, calls.length]).toEqual([1, 3]);
});

it('revoking again takes back a user made ahead who was left, and leaves a row for it', async () => {
  const { deps, answers, acts } = anInvitationApi();
  const revoked = one({ state: 'revoked', mode: 'precreate', precreation: 'prepared' });
  answers.push(revoked, revoked);
  await revokeInvitation({ id: ID, yes: true }, deps);
  expect(acts).toMatchObject([{ act: 'invitation revoke', outcome: 'done' }]);
});

it.each(['-8sGk2vQ0yYkz1mJr3wXb5', '--Gk2vQ0yYkz1mJr3wXb5A'])(
  'an id may begin with dashes: %s',
  async (id) => {
    const typed = await parseCommandLine(['invitation', 'revoke', id, '--yes'], COMMANDS);
    expect(typed).toMatchObject({ args: { id, yes: true } });
  },
);
