import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { MAIL_CODES, REJECT_CODES } from '../../../events/codes';
import { isSendMessage } from '../../../events/invitations/mail-message';
import { errorName, type Log } from '../../runtime/logger';
import type { Metrics } from '../../runtime/metrics';
import {
  batchResponse,
  deliveriesOf,
  park,
  postpone,
  queuedAtOf,
  type Sqs,
} from '../../runtime/queue-message';
import { Auth0NotReadyError } from '../precreate/expected';
import { again, done, type Handled, type MailOutcome, parked } from './mail-outcome';
import { readNotice } from './notice';
import { type SendDeps, sendInvitation, settle } from './send-invitation';
import { takeNotice } from './take-notice';

export interface MailQueueDeps extends SendDeps {
  readonly sqs: Sqs;
  readonly sourceQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Milliseconds to wait after this many deliveries, and as long as somebody asked for at least. */
  readonly backoff: (deliveries: number, afterMs?: number) => number;
  /** A message that is in its queue for so long is given up. */
  readonly budgetMs: number;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Works off the queue of mails: what is to be sent, and what SES tells of what was sent. */
export function createMailHandler(deps: MailQueueDeps): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) =>
    batchResponse(Records, await Promise.all(Records.map((record) => workOff(deps, record))));
}

/** True when the message may be deleted. */
async function workOff(deps: MailQueueDeps, record: SQSRecord): Promise<boolean> {
  const startedAt = deps.now();
  const handled = await handle(deps, record).catch((error: unknown) => ({
    // The class alone: what a table or a secret says may quote what it was asked for.
    ...{ outcome: outcomeOfError(error), error: errorName(error) },
  }));
  const ended = await endInTime(deps, record, handled);
  const isDone = await conclude(deps, record, ended.outcome).catch((error) => {
    deps.log('error', 'message not settled', { messageId: record.messageId, error: errorName(error) });
    return false;
  });
  report(deps, record, { ...handled, ...ended }, deps.now() - startedAt);
  return isDone;
}

/** What SES publishes when an event destination is made, and that is about no mail. */
const VALIDATION = 'Successfully validated SNS topic';

const outcomeOfError = (error: unknown): MailOutcome =>
  error instanceof Auth0NotReadyError
    ? again('mail-waits-for-auth0', error.afterMs)
    : again('internal-error');

async function handle(deps: MailQueueDeps, { body, messageId }: SQSRecord): Promise<Handled> {
  if (body.startsWith(VALIDATION)) return { outcome: done('mail-notice-stray') };
  const message = parsed(body);
  if (isSendMessage(message))
    return { outcome: await sendInvitation(deps, message, messageId), invitation: message.id };
  const notice = readNotice(message);
  if (notice === undefined) return { outcome: parked('mail-message-unknown') };
  const { invitation } = notice;
  return { outcome: await takeNotice(deps, notice), ...(invitation !== undefined && { invitation }) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

// Whoever waits for the mail is to see that none comes. An invitation that has ended meanwhile needs none.
async function endInTime(deps: MailQueueDeps, record: SQSRecord, handled: Handled): Promise<Handled> {
  const isOver = handled.outcome.kind === 'retry' && deps.now() - queuedAtOf(record) >= deps.budgetMs;
  if (!isOver) return handled;
  const outcome = parked('retries-exhausted');
  const message = parsed(record.body);
  if (isSendMessage(message))
    await settle(deps, message, 'retries-exhausted', outcome).catch(() => undefined);
  return { ...handled, outcome };
}

async function conclude(deps: MailQueueDeps, record: SQSRecord, outcome: MailOutcome): Promise<boolean> {
  const { sqs, sourceQueueUrl, deadLetterQueueUrl, now } = deps;
  if (outcome.kind === 'done') return true;
  if (outcome.kind === 'retry') {
    await postpone(sqs, sourceQueueUrl, record, deps.backoff(deliveriesOf(record), outcome.afterMs));
    return false;
  }
  const { code } = outcome;
  const words = code === 'retries-exhausted' ? REJECT_CODES[code] : MAIL_CODES[code];
  await park(sqs, deadLetterQueueUrl, record, { code, words, now: now() });
  return true;
}

function report(
  { log, metrics, now }: MailQueueDeps,
  record: SQSRecord,
  { outcome, invitation, error }: Handled & { readonly error?: string },
  durationMs: number,
): void {
  const { kind, code } = outcome;
  const level = kind === 'done' ? 'info' : kind === 'retry' ? 'warn' : 'error';
  const { messageId } = record;
  const who = { ...(invitation !== undefined && { invitation }), ...(error !== undefined && { error }) };
  log(level, 'mail handled', {
    outcome: kind,
    code,
    messageId,
    ...who,
    deliveries: deliveriesOf(record),
    durationMs,
  });
  if (kind !== 'retry') return;
  metrics(undefined, [
    { name: 'MailRetryAge', value: Math.max(0, now() - queuedAtOf(record)), unit: 'Milliseconds' },
  ]);
}
