import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { nameIn, sendingBySns } from './disturb';
import { invite, mailed } from './walk-invitations';
import { parked } from './walk-queues';
import { addressOf, nextUser, type WalkedRun } from './walked-run';

/** A mail that bounces, of which SES tells twice: once the queue does not take it. */
export async function bounce(walked: WalkedRun): Promise<void> {
  const { run } = walked;
  const { InvitationMailQueueUrl = '', InvitationMailDeadLetterQueueUrl } = run.outputs;
  const address = 'bounce@simulator.amazonses.com';
  await mailed(walked, await invite(walked, address), 'bounced');
  await run.control('POST', '/faults', { ...sendingBySns(nameIn(InvitationMailQueueUrl)), times: 1 });
  await invite(walked, address);
  await parked(walked, InvitationMailDeadLetterQueueUrl, 'bounce@simulator');
}

/** A mail that SES does not take at first. */
export async function throttleMail(walked: WalkedRun): Promise<void> {
  const code = { status: 429, code: 'TooManyRequestsException' };
  const rule = { service: 'ses', operation: 'SendEmail', when: 'before', effect: 'error', ...code };
  await walked.run.control('POST', '/faults', { ...rule, times: 1 });
  await mailed(walked, await invite(walked, addressOf(nextUser())));
}

/** A message about which nothing is known, among the mails. */
export async function parkMail(walked: WalkedRun): Promise<void> {
  const { InvitationMailQueueUrl, InvitationMailDeadLetterQueueUrl } = walked.run.outputs;
  const MessageBody = 'no message';
  await walked.run.aws.sqs.send(new SendMessageCommand({ QueueUrl: InvitationMailQueueUrl, MessageBody }));
  await parked(walked, InvitationMailDeadLetterQueueUrl, MessageBody);
}
