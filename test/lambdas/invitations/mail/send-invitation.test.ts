import { revoked } from '../../../../lambdas/invitations/ending';
import { MailError } from '../../../../lambdas/invitations/mail/mailer';
import { Auth0NotReadyError } from '../../../../lambdas/invitations/precreate/expected';
import { isTokenOf } from '../../../../lambdas/invitations/token/token';
import { resent } from '../../../../lambdas/invitations/transitions';
import { anInvitation, NOW, RING } from '../helpers/invitations';
import { aMailQueue, tokenIn } from './helpers/mail-queue';

const THROTTLED = new MailError('mail-throttled', false);
const UNANSWERED = new MailError('mail-unanswered', true);

test('an open invitation gets a mail whose link opens it, and says so', async () => {
  const { send, mails, only } = aMailQueue(anInvitation());
  expect(await send()).toBe(true);
  expect(mails).toMatchObject([{ to: 'ada@example.com', invitation: only().id, sending: 1 }]);
  expect(mails[0]?.text).toContain('https://pages.acme.com/?invitation=');
  expect(isTokenOf(only(), tokenIn(mails[0] ?? { text: '' }), RING)).toBe(true);
  expect(only().mail).toEqual({ state: 'sent', at: '2026-11-22T10:00:00.000Z' });
});

test('no log and no row holds the token or the address in the mail', async () => {
  const { send, mails, lines, only } = aMailQueue(anInvitation());
  await send();
  const { secret } = tokenIn(mails[0] ?? { text: '' });
  expect(secret).toHaveLength(43);
  expect(JSON.stringify(only())).not.toContain(secret);
  expect(lines.join()).toContain(only().id);
  expect(lines.join()).not.toMatch(new RegExp(`${secret}|ada@|example.com`));
});

test.each([
  ['one that was revoked', (row: ReturnType<typeof anInvitation>) => revoked(row, NOW, 1)],
  ['one that is over', () => anInvitation({ expiresAt: '2026-11-22T10:00:00.000Z' })],
  ['one that was sent anew since', (row: ReturnType<typeof anInvitation>) => resent(row, NOW)],
  ['one whose address is forgotten', ({ email: _, ...row }: ReturnType<typeof anInvitation>) => row],
])('%s gets none', async (_, change) => {
  const { send, mails, calls } = aMailQueue(change(anInvitation()) ?? anInvitation());
  expect(await send()).toBe(true);
  expect([mails, calls]).toEqual([[], []]);
});

test('a message that comes twice is one mail', async () => {
  const { send, mails } = aMailQueue(anInvitation());
  await send();
  expect(await send()).toBe(true);
  expect(mails).toHaveLength(1);
});

test('a mail whose answer was lost is followed by another one, and both links lead on until it is resent', async () => {
  const { send, mails, failures, only, rows, receive } = aMailQueue(anInvitation());
  failures.push(UNANSWERED);
  expect([await send(), await send(2)]).toEqual([false, true]);
  expect(mails).toHaveLength(2);
  const opens = () => mails.map((mail) => isTokenOf(only(), tokenIn(mail), RING));
  expect(opens()).toEqual([true, true]);
  rows.set(only().id, resent(only(), NOW) ?? only());
  expect(opens()).toEqual([false, false]);
  await receive({ kind: 'send', id: only().id, sending: 2 });
  expect(opens()).toEqual([false, false, true]);
});

test('what SES refuses for now comes back later, leaves no trace, and pushes no link out that may be in a mail', async () => {
  const { send, failures, mails, only, calls, measured, at } = aMailQueue(anInvitation());
  failures.push(UNANSWERED, ...Array(7).fill(THROTTLED));
  at.now += 60_000;
  for (let delivery = 1; delivery <= 8; delivery += 1) expect(await send(delivery)).toBe(false);
  expect(only().secrets).toHaveLength(1);
  expect(isTokenOf(only(), tokenIn(mails[0] ?? { text: '' }), RING)).toBe(true);
  expect(calls.at(-1)).toEqual({
    name: 'ChangeMessageVisibilityCommand',
    input: { QueueUrl: 'source', ReceiptHandle: 'receipt', VisibilityTimeout: 56 },
  });
  expect(measured).toEqual(Array(8).fill('MailRetryAge 60000'));
});

test('an address that SES does not send to is the end of it, and the invitation says so', async () => {
  const { send, failures, only, calls } = aMailQueue(anInvitation());
  failures.push(new MailError('mail-address-refused', false));
  expect(await send()).toBe(true);
  expect(only()).toMatchObject({ mail: { state: 'failed', code: 'mail-address-refused' }, secrets: [] });
  expect(calls).toEqual([]);
});

test.each(['a@b.c, eve@example.com', 'a@b.c\r\nBcc: eve@example.com', 'Ada <a@b.c>', 'nobody'])(
  'rejects %j as an address before anybody is asked',
  async (email) => {
    const { send, mails, only } = aMailQueue(anInvitation({ email }));
    expect(await send()).toBe(true);
    expect(mails).toEqual([]);
    expect(only().mail).toMatchObject({ state: 'failed', code: 'mail-address-refused' });
  },
);

test('what an operator has to mend is parked, and goes out when it is redriven', async () => {
  const { send, failures, only, calls, mails } = aMailQueue(anInvitation());
  failures.push(new MailError('mail-rejected', false));
  expect(await send()).toBe(true);
  expect(only().mail).toMatchObject({ state: 'failed', code: 'mail-rejected' });
  expect(calls).toMatchObject([{ name: 'SendMessageCommand', input: { QueueUrl: 'dead-letters' } }]);
  expect(JSON.stringify(calls)).toContain('mail-rejected');
  await send();
  expect(mails).toHaveLength(1);
  expect(only().mail).toMatchObject({ state: 'sent' });
});

test('after a day of tries it is parked, and the invitation says that no mail comes', async () => {
  const { send, failures, only, calls, at } = aMailQueue(anInvitation());
  failures.push(THROTTLED);
  at.now += 86_400_000;
  expect(await send(190)).toBe(true);
  expect(only().mail).toMatchObject({ state: 'failed', code: 'retries-exhausted' });
  expect(calls).toMatchObject([{ input: { QueueUrl: 'dead-letters' } }]);
});

test('a table that fails makes it come back, and no error says what was asked', async () => {
  const { send, state, mails, lines } = aMailQueue(anInvitation());
  state.failing = true;
  expect(await send()).toBe(false);
  expect(mails).toEqual([]);
  expect(lines.join()).toContain('internal-error');
  expect(lines.join()).not.toContain('unavailable');
});

test('an account that was prepared gets the ticket and no token', async () => {
  const prepare = async () => ({
    outcome: 'ticket' as const,
    link: 'https://acme.auth0.com/lo/reset?ticket=abc#',
  });
  const { send, mails, only } = aMailQueue(anInvitation({ mode: 'precreate' }), { prepare });
  await send();
  expect(mails[0]?.text).toContain('https://acme.auth0.com/lo/reset?ticket=abc#');
  expect(mails[0]?.text).not.toContain('invitation=');
  expect(only().secrets).toEqual([]);
});

test('who has everything already is led to the application, though the invitation is redeemed', async () => {
  const row = anInvitation({ mode: 'precreate', state: 'redeemed', precreation: 'finalized' });
  const { send, mails, only } = aMailQueue(row, { prepare: async () => ({ outcome: 'finalized' }) });
  await send();
  expect(mails[0]?.text).toContain('https://shop.acme.com/login');
  expect(only().mail).toMatchObject({ state: 'sent' });
  expect(await send()).toBe(true);
  expect(mails).toHaveLength(1);
});

test('what was closed while it was prepared gets no mail', async () => {
  const prepare = async () => ({ outcome: 'closed' as const });
  const { send, mails } = aMailQueue(anInvitation({ mode: 'precreate' }), { prepare });
  expect([await send(), mails]).toEqual([true, []]);
});

test('Auth0 that asks for time gets it', async () => {
  const prepare = () => Promise.reject(new Auth0NotReadyError('limited', 30_000));
  const { send, calls, lines } = aMailQueue(anInvitation({ mode: 'precreate' }), { prepare });
  expect(await send()).toBe(false);
  expect(calls).toMatchObject([{ input: { VisibilityTimeout: 30 } }]);
  expect(lines.join()).toContain('mail-waits-for-auth0');
});

test('what cannot be prepared now is not sent now', async () => {
  const prepare = () => Promise.reject(new Error('ada@example.com'));
  const { send, mails, lines } = aMailQueue(anInvitation({ mode: 'precreate' }), { prepare });
  expect(await send()).toBe(false);
  expect([mails, lines.join().includes('ada@')]).toEqual([[], false]);
});
