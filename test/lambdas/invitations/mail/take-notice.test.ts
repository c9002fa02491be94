import { anInvitation, ID } from '../helpers/invitations';
import { aMailQueue } from './helpers/mail-queue';

const sent = anInvitation({ mail: { state: 'sent', at: '2026-11-22T09:30:00.000Z' } });
const tags = { invitation: [ID], sending: ['1'], 'ses:configuration-set': ['set'] };
const bounce = (bounceType: string, bounceSubType: string) => ({
  ...{ eventType: 'Bounce', mail: { tags, destination: ['ada@example.com'] } },
  bounce: { bounceType, bounceSubType, bouncedRecipients: [{ emailAddress: 'ada@example.com' }] },
});
const complaint = (given: object = {}) => ({ eventType: 'Complaint', mail: { tags: { ...tags, ...given } } });

test.each([
  [bounce('Permanent', 'General'), 'bounced', 'mail-bounced'],
  [bounce('Transient', 'MailboxFull'), 'bounced', 'mail-bounced-for-now'],
  [bounce('Undetermined', 'Undetermined'), 'bounced', 'mail-bounced-for-now'],
  [bounce('Permanent', 'Suppressed'), 'bounced', 'mail-suppressed'],
  [bounce('Permanent', 'OnAccountSuppressionList'), 'bounced', 'mail-suppressed'],
  [complaint(), 'complained', 'mail-complained'],
  [{ eventType: 'Reject', mail: { tags }, reject: { reason: 'Bad content' } }, 'failed', 'mail-rejected'],
])('%j is shown on the invitation, and no log names the address', async (notice, state, code) => {
  const { receive, only, lines } = aMailQueue(sent);
  expect(await receive(notice)).toBe(true);
  expect(only().mail).toEqual({ state, at: '2026-11-22T10:00:00.000Z', code });
  expect(lines.join()).not.toContain('ada@');
});

test('a bounce of an earlier sending says nothing of this one, and a complaint does', async () => {
  const { receive, only } = aMailQueue({ ...sent, sending: 2 });
  await receive(bounce('Permanent', 'General'));
  expect(only().mail?.state).toBe('sent');
  await receive(complaint());
  expect(only().mail?.state).toBe('complained');
  await receive(bounce('Permanent', 'General'));
  expect(only().mail?.state).toBe('complained');
});

test('who complained gets no mail that was queued meanwhile', async () => {
  const { receive, mails } = aMailQueue({ ...sent, sending: 2, mail: { state: 'queued', at: '' } });
  await receive(complaint());
  expect(await receive({ kind: 'send', id: ID, sending: 2 })).toBe(true);
  expect(mails).toEqual([]);
});

test('a bounce that is told before the mail counts as sent stays', async () => {
  const { receive, send, only } = aMailQueue(anInvitation());
  await receive(bounce('Permanent', 'General'));
  await send();
  expect(only().mail?.state).toBe('bounced');
});

test.each([
  ['of nobody', complaint({ invitation: undefined })],
  ['of an id that is none', complaint({ invitation: ['../other'] })],
  ['of an invitation that is not there', complaint({ invitation: ['B'.repeat(22)] })],
  ['of two invitations', complaint({ invitation: [ID, 'B'.repeat(22)] })],
])('a notice %s changes nothing and is gone', async (_, notice) => {
  const { receive, state, calls } = aMailQueue(sent);
  expect(await receive(notice)).toBe(true);
  expect([state.writes, calls]).toEqual([0, []]);
});

test.each([
  ['no JSON', '{'],
  ['JSON that is nothing', 'null'],
  ['a list', []],
  ['another kind', { kind: 'erase', id: ID, sending: 1 }],
  ['a sending without a number', { kind: 'send', id: ID }],
  ['an event that nobody asked for', { eventType: 'Open', mail: { tags } }],
  ['a notice without tags', { eventType: 'Bounce', mail: {} }],
])('rejects %s, which waits for an operator', async (_, body) => {
  const { receive, calls, state } = aMailQueue(sent);
  expect(await receive(body)).toBe(true);
  expect(calls).toMatchObject([{ name: 'SendMessageCommand', input: { QueueUrl: 'dead-letters' } }]);
  expect(JSON.stringify(calls)).toContain('mail-message-unknown');
  expect(state.writes).toBe(0);
});

test('what SES says when its topic is made is about no mail', async () => {
  const { receive, calls } = aMailQueue(sent);
  expect(await receive('Successfully validated SNS topic for Amazon SES event publishing.')).toBe(true);
  expect(calls).toEqual([]);
});

test('a notice that cannot be written comes back', async () => {
  const { receive, state } = aMailQueue(sent);
  state.failing = true;
  expect(await receive(complaint())).toBe(false);
});
