import { matchesIn, queuesThatMayName } from '../../cli/erase/messages-of';
import { outputs } from './helpers/deps';

const MAILS = {
  InvitationMailQueueUrl: 'https://sqs/0/mail',
  InvitationMailDeadLetterQueueUrl: 'https://sqs/0/mail-dlq',
};
const [MAIL_QUEUE, SYSTEM] = [{ name: 'invitation-mail' }, { name: 'crm' }];
const told = (address: string) => ({
  body: JSON.stringify({ eventType: 'Bounce', mail: { commonHeaders: { to: [`Ada <${address}>`] } } }),
});
const event = { body: JSON.stringify({ id: 'e1', data: { user: { user_id: 'auth0|1' } } }) };
const ADA = { userId: 'auth0|1', email: 'ada@example.com' };

const namesFor = async (who: typeof ADA | { userId: string }, values = {}) => {
  const depth = async () => ({ visible: 0, inFlight: 0, delayed: 0, deadLetterUrl: 'https://sqs/0/a-dlq' });
  const deps = { outputs: async () => outputs(values), queues: async () => ({ depth }) };
  return (await queuesThatMayName(who, deps as never)).map(({ name }) => name);
};

test('what SES told of their mails is theirs, however their address is spelled, and nobody else', () => {
  const isTheirs = matchesIn(MAIL_QUEUE, ADA);
  expect(isTheirs(told('Ada@Example.com'))).toBe(true);
  expect(['nada@example.com', 'ada@example.com.au'].map((address) => isTheirs(told(address)))).toEqual([
    false,
    false,
  ]);
});

test('an event is theirs by the id of its user, but for one that is to go on', () => {
  expect(matchesIn(SYSTEM, ADA)(event)).toBe(true);
  expect(matchesIn(SYSTEM, { userId: 'auth0|2' })(event)).toBe(false);
  expect(matchesIn(SYSTEM, ADA, ['e1'])(event)).toBe(false);
});

test('mails are looked through where the address is known and the stack has any', async () => {
  expect(await namesFor(ADA, MAILS)).toContain('invitation-mail');
  expect(await namesFor({ userId: ADA.userId }, MAILS)).toEqual(['crm', 'help-desk', 'event-topic']);
  expect(await namesFor(ADA)).toEqual(['crm', 'help-desk', 'event-topic']);
});
