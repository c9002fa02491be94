import { CliError } from '../../cli/cli-error';
import { type InviteArgs, invitePeople } from '../../cli/invite/invite';
import { anInvitationApi, idOfNumber, OPERATOR } from './helpers/an-invitation-api';

const args = (given: Partial<InviteArgs> = {}): InviteArgs => ({ dryRun: false, rate: 1_000, ...given });
const EMAIL = 'ada@example.com';

describe('one person', () => {
  it('is invited by the function of the API, as whoever typed it', async () => {
    const { deps, calls, screen } = anInvitationApi();
    const flags = { role: ['editor'], data: ['funnelId=f=1'], expiresIn: '14d', language: 'de' };
    const { json } = await invitePeople(args({ email: EMAIL, ...flags, idempotencyKey: 'k1' }), deps);
    expect(calls).toEqual([
      {
        ...{ operator: OPERATOR, route: 'POST /invitations', headers: { 'idempotency-key': 'k1' } },
        body: {
          email: EMAIL,
          roles: ['editor'],
          data: { funnelId: 'f=1' },
          expiresInDays: 14,
          language: 'de',
        },
      },
    ]);
    expect(json).toMatchObject({ dryRun: false, invitation: { id: idOfNumber(1), state: 'open' } });
    expect(screen.text()).toContain(`npx punctual invitation show ${idOfNumber(1)}`);
  });

  it('leaves an audit row with the id and without the address', async () => {
    const { deps, acts } = anInvitationApi();
    await invitePeople(args({ email: EMAIL }), deps);
    expect(acts).toEqual([{ act: 'invite', subject: idOfNumber(1), outcome: 'done' }]);
  });

  it('is invited once although an answer got lost, as the key stays the same', async () => {
    const { deps, calls, made, answers, problem } = anInvitationApi();
    answers.push(new CliError('unreachable', 'No answer'), problem(503, 'unavailable'));
    await invitePeople(args({ email: EMAIL }), deps);
    expect(new Set(calls.map(({ headers }) => headers?.['idempotency-key'])).size).toBe(1);
    expect([calls.length, made.size]).toEqual([3, 1]);
  });

  it.each([
    [{ email: 'ada' }, 'email is no e-mail address'],
    [
      { email: EMAIL, role: ['admin'] },
      'roles.0 is no role that may be granted; there is editor, shop manager',
    ],
    [{ email: EMAIL, application: 'x' }, 'application is none of the configured ones; there is shop, desk'],
    [{ email: EMAIL, expiresIn: '31d' }, 'expiresInDays is a whole number of days from 1 to 30'],
    [{ email: EMAIL, expiresAt: '2026-11-19T10:00:00Z' }, 'expiresAt is over, or more than 30 days ahead'],
    [{ email: EMAIL, expiresAt: '2027-01-19T10:00:00Z' }, 'expiresAt is over, or more than 30 days ahead'],
    [{ email: EMAIL, expiresAt: 'tomorrow' }, 'expiresAt is no time such as 2026-12-01T09:00:00Z'],
    [{ email: EMAIL, data: [`a=${'x'.repeat(600)}`] }, /^data\.a has at most 20 keys/],
    [{ email: EMAIL, data: ['a-b=x'] }, /^data\.a-b has at most 20 keys/],
  ])('fails for %j before anything is made', async (given, words) => {
    const { deps, calls, acts } = anInvitationApi();
    await expect(invitePeople(args(given), deps)).rejects.toMatchObject({
      ...{ code: 'bad-invitation', exitCode: 2 },
      message: typeof words === 'string' ? words : expect.stringMatching(words),
    });
    expect([calls, acts]).toEqual([[], []]);
  });

  it.each([
    {},
    { email: EMAIL, from: 'people.csv' },
    { email: EMAIL, report: 'x' },
    { email: EMAIL, expiresIn: 'a week' },
    { email: EMAIL, expiresIn: '7d', expiresAt: '2026-11-22T10:00:00Z' },
    { email: EMAIL, data: ['no-value'] },
  ])('fails as typed wrong for %j', async (given) => {
    const { deps, calls } = anInvitationApi();
    await expect(invitePeople(args(given), deps)).rejects.toMatchObject({ code: 'usage', exitCode: 2 });
    expect(calls).toEqual([]);
  });

  it('fails with what the API says, and the row says so', async () => {
    const { deps, answers, acts, problem } = anInvitationApi();
    answers.push(problem(409, 'idempotency-mismatch', 'header.idempotency-key'));
    await expect(invitePeople(args({ email: EMAIL }), deps)).rejects.toMatchObject({
      ...{ code: 'idempotency-mismatch', exitCode: 1 },
      message: 'idempotency-mismatch in words (header.idempotency-key)',
    });
    expect(acts).toMatchObject([{ outcome: 'failed', code: 'idempotency-mismatch' }]);
  });

  it('fails in a stack without invitations, and with an answer that it does not know', async () => {
    const { deps } = anInvitationApi({ InvitationTableName: '' });
    const without = { ...deps, outputs: async () => ({ stackName: 'prod', values: {} }) };
    await expect(invitePeople(args({ email: EMAIL }), without)).rejects.toMatchObject({
      code: 'no-invitations',
    });
    const odd = anInvitationApi();
    odd.answers.push(...Array.from({ length: 4 }, () => ({ statusCode: 200, body: '{"invitation":{}}' })));
    await expect(invitePeople(args({ email: EMAIL }), odd.deps)).rejects.toMatchObject({
      code: 'worker-failed',
    });
  });

  it('is looked at only with --dry-run', async () => {
    const { deps, calls, acts } = anInvitationApi();
    const { json } = await invitePeople(args({ email: EMAIL, dryRun: true }), deps);
    expect([json, calls, acts]).toEqual([{ dryRun: true, body: { email: EMAIL } }, [], []]);
  });
});

const CSV = [
  'email,roles,data.funnelId,language',
  'ada@example.com,editor;shop manager,f-1,de',
  'grace@example.com,,"f,2",',
  'joan@example.com,editor,,',
].join('\r\n');

function withFile(text: string, file = 'lists/people.csv') {
  const api = anInvitationApi();
  api.files.set(file, text);
  const from = (given: Partial<InviteArgs> = {}) => invitePeople(args({ from: file, ...given }), api.deps);
  const report = () =>
    [...api.saved.values()].flatMap((one) =>
      one
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    );
  return { ...api, from, report };
}

describe('a file of people', () => {
  it('is invited line by line, with the flags for what a line does not say', async () => {
    const { from, calls, acts, saved, report } = withFile(CSV);
    const { exitCode, json } = await from({
      role: ['editor'],
      language: 'fr',
      expiresIn: '3d',
      data: ['source=crm'],
    });
    expect(calls.map(({ body }) => body)).toEqual([
      {
        ...{ email: 'ada@example.com', roles: ['editor', 'shop manager'], language: 'de', expiresInDays: 3 },
        data: { source: 'crm', funnelId: 'f-1' },
      },
      {
        ...{ email: 'grace@example.com', roles: ['editor'], language: 'fr', expiresInDays: 3 },
        data: { source: 'crm', funnelId: 'f,2' },
      },
      {
        ...{ email: 'joan@example.com', roles: ['editor'], language: 'fr', expiresInDays: 3 },
        data: { source: 'crm' },
      },
    ]);
    expect([exitCode, json]).toMatchObject([0, { lines: 3, invited: 3, refused: 0 }]);
    expect([...saved.keys()]).toEqual(['lists/people.csv.20261120T100000Z.report.ndjson']);
    expect(report()).toEqual([2, 3, 4].map((line) => ({ line, id: idOfNumber(line - 1), state: 'open' })));
    expect(acts).toEqual([
      {
        ...{ act: 'invite --from', outcome: 'done', counts: { invited: 3, before: 0, refused: 0 } },
        subject: expect.stringMatching(/^a file, [0-9a-f]{12}$/),
      },
    ]);
  });

  it('is told every bad line before anybody is invited, without a value of it', async () => {
    const bad = [
      'email,roles,expiresInDays',
      'ada@example.com,editor,7',
      'not an address,admin,7',
      'ADA@example.com,,7',
      'grace@example.com,editor;admin,0',
      'joan@example.com',
    ].join('\n');
    const { from, calls, acts, screen, report } = withFile(bad);
    await expect(from()).rejects.toMatchObject({
      ...{ code: 'bad-lines', exitCode: 2 },
      message: '4 of 5 lines cannot be used, so nobody was invited',
    });
    expect(screen.lines).toEqual([
      'line 3: email is no e-mail address',
      'line 3: roles.0 is no role that may be granted; there is editor, shop manager',
      'line 4: email is that of line 2',
      'line 5: expiresInDays is a whole number of days from 1 to 30',
      'line 5: roles.1 is no role that may be granted; there is editor, shop manager',
      'line 6: has 1 cell where the head has 3',
    ]);
    expect([calls, acts]).toEqual([[], []]);
    expect(report().map(({ line, code }) => [line, code])).toEqual(
      [3, 3, 4, 5, 5, 6].map((line) => [line, 'bad-line']),
    );
    expect(JSON.stringify(report())).not.toMatch(/admin|not an address/);
  });

  it('is looked at only with --dry-run, which says what is bad and keeps no report', async () => {
    const { from, calls, saved } = withFile(`${CSV}\nx,,,`);
    expect(await from({ dryRun: true })).toEqual({
      exitCode: 1,
      json: { dryRun: true, lines: 4, bad: [expect.objectContaining({ line: 5, field: 'email' })] },
    });
    expect([calls, saved.size]).toEqual([[], 0]);
    expect(await withFile(CSV).from({ dryRun: true })).toEqual({ json: { dryRun: true, lines: 3, bad: [] } });
  });

  it('makes nothing twice when it is given again, also when a line came in between and one was mended', async () => {
    const { from, files, made, answers, problem, report, screen, acts } = withFile(CSV);
    answers.push(problem(400, 'unknown-role', 'body.roles.1'));
    expect((await from({ report: 'first' })).exitCode).toBe(1);
    expect(made.size).toBe(2);
    const lines = CSV.replace(';shop manager', '').split('\r\n');
    files.set('lists/people.csv', [...lines.slice(0, 2), 'new@example.com,,,', ...lines.slice(2)].join('\n'));
    expect((await from({ report: 'second' })).json).toMatchObject({ lines: 4, invited: 4, before: 2 });
    expect(screen.text()).toContain('4 of 4 invited, 2 of them before.');
    expect(
      report()
        .slice(3)
        .map(({ before = false }) => before),
    ).toEqual([false, false, true, true]);
    expect(acts.at(-1)).toMatchObject({ counts: { invited: 4, before: 2, refused: 0 } });
    expect([...made.values()].map(({ email }) => email)).toEqual([
      ...['grace@example.com', 'joan@example.com', 'ada@example.com', 'new@example.com'],
    ]);
    // Of another campaign it is another invitation.
    await from({ idempotencyKey: 'spring', report: 'third' });
    expect(made.size).toBe(8);
  });

  it('goes on after a line that the API refuses, and reports it by its field', async () => {
    const { from, answers, problem, report, screen } = withFile(CSV);
    answers.push(problem(400, 'unknown-role', 'body.roles.0'));
    const { exitCode, json } = await from();
    expect([exitCode, json]).toMatchObject([1, { invited: 2, refused: 1 }]);
    expect(report()[0]).toEqual({ line: 2, code: 'unknown-role', field: 'roles.0' });
    expect(screen.text()).toContain('line 2: roles.0 unknown-role');
  });

  it('ends where nobody can be invited, with a report of those who were, and says how to go on', async () => {
    const { from, answers, report, acts } = withFile(CSV);
    answers.push(new CliError('access-denied', 'Not allowed to lambda:InvokeFunction'));
    await expect(from()).rejects.toMatchObject({
      ...{ code: 'access-denied', exitCode: 3, hint: 'The same again goes on, and invites nobody twice' },
      message: expect.stringMatching(/; \d of 3 were invited before$/),
    });
    expect(acts[0]).toMatchObject({ outcome: 'failed', code: 'access-denied' });
    expect(report().every(({ id }) => id !== undefined)).toBe(true);
  });

  it('ends in order with Ctrl-C', async () => {
    const { from, deps, acts } = withFile(CSV);
    deps.stop.abort();
    const { exitCode, json } = await from();
    expect([exitCode, json, acts[0]?.outcome]).toMatchObject([1, { invited: 0, stopped: true }, 'stopped']);
  });

  it('takes NDJSON as well, whose values keep their types', async () => {
    const lines = [
      { email: 'ada@example.com', data: { funnelId: 'f-1', vip: true, score: 7 } },
      { email: 'grace@example.com', expiresAt: '2026-11-25T10:00:00Z' },
    ];
    const { from, calls } = withFile(
      `\uFEFF${lines.map((one) => JSON.stringify(one)).join('\n\n')}\n`,
      'x.ndjson',
    );
    await from({ expiresIn: '7d' });
    expect(calls.map(({ body }) => body)).toEqual([{ ...lines[0], expiresInDays: 7 }, lines[1]]);
  });

  it('names what is no JSON object, and fields that are none', async () => {
    const { from, screen } = withFile(
      '{"email":"ada@example.com","role":"editor"}\n{"email":\n[1]',
      'x.ndjson',
    );
    await expect(from()).rejects.toMatchObject({ code: 'bad-lines' });
    expect(screen.lines).toEqual([
      'line 1: role is no field of an invitation',
      'line 2: is no JSON object',
      'line 3: is no JSON object',
    ]);
  });

  it.each([
    ['', 'The file has no line with a person'],
    ['email\n', 'The file has no line with a person'],
    ['name,email\nx,y', /^The file has a column 1 that is none of email/],
    ['roles\nx', 'The file has no column email'],
    ['email,email\na,b', 'The file has a column twice'],
    ['email\n"ada', 'The file cannot be read from line 2 on: a quote is opened and not closed'],
  ])('fails for the file %j', async (text, words) => {
    const { from, calls, saved } = withFile(text);
    await expect(from()).rejects.toMatchObject({ code: 'bad-file', message: expect.stringMatching(words) });
    expect([calls, saved.size]).toEqual([[], 0]);
  });

  it('fails before anybody is invited where the report would be written over something', async () => {
    const { from, saved, made, acts } = withFile(CSV);
    saved.set('x', 'of an earlier run');
    await expect(from({ report: 'x' })).rejects.toMatchObject({
      ...{ code: 'file-exists', exitCode: 2, message: 'x is there already, so nobody was invited' },
    });
    expect([made.size, saved.get('x')]).toEqual([0, 'of an earlier run']);
    expect(acts).toMatchObject([{ outcome: 'failed', code: 'file-exists' }]);
  });

  it('warns where the report cannot be written any more, as what was done is done', async () => {
    const { from, deps, screen, made } = withFile(CSV);
    deps.replaceText = async () => {
      throw new CliError('no-file', 'x cannot be written');
    };
    expect((await from({ report: 'x' })).exitCode).toBe(0);
    expect([made.size, screen.warnings.length]).toEqual([3, 1]);
    expect(screen.text()).not.toContain('has a line for each');
  });

  it('writes no report of bad lines over one that is there', async () => {
    const { from, saved, screen } = withFile(`${CSV}\nx,,,`);
    saved.set('x', 'of an earlier run');
    await expect(from({ report: 'x' })).rejects.toMatchObject({ code: 'bad-lines' });
    expect([saved.get('x'), screen.warnings.length]).toEqual(['of an earlier run', 1]);
  });
});

test.each([{ email: EMAIL }, { from: 'lists/people.csv' }])(
  'a dry run fails in a stack without invitations as the real one does: %j',
  async (given) => {
    const { deps, calls } = withFile(CSV);
    const without = { ...deps, outputs: async () => ({ stackName: 'prod', values: {} }) };
    await expect(invitePeople(args({ ...given, dryRun: true }), without)).rejects.toMatchObject({
      code: 'no-invitations',
    });
    expect(calls).toEqual([]);
  },
);

test('no address comes into an audit row, whatever is typed', async () => {
  const { from, acts, deps } = withFile(CSV);
  await from();
  await invitePeople(args({ email: EMAIL }), deps);
  expect(JSON.stringify(acts)).not.toMatch(/@|people\.csv/);
});
