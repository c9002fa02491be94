import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeCode, isAuthenticityCode } from '../../events/codes';
import { MESSAGE_ATTRIBUTES, type Parked } from '../../events/message-attributes';
import { type Outcome, rejected, retry } from '../../events/outcome';
import { errorName, type LogFields } from '../runtime/logger';
import { textAttributes } from '../runtime/text-attributes';
import type { AcceptedEvent } from './authenticity/accepted-event';
import type { Authentication, Message } from './authenticity/authenticate';
import { type ReportDeps, reportOutcome } from './outcome/report-outcome';
import type { Provisioning } from './provision';

/** Everything a queue of a system needs to be worked off. This file alone knows SQS. */
export interface QueueDeps extends ReportDeps {
  readonly authenticate: (message: Message) => Promise<Authentication>;
  readonly provision: (accepted: AcceptedEvent) => Promise<Provisioning>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly sourceQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly quarantineQueueUrl: string;
  /** Milliseconds to wait after this many deliveries. */
  readonly backoff: (deliveries: number) => number;
  /** A message that is in its queue for so long is given up, whatever it waits for: the queue would forget it. */
  readonly budgetMs: number;
}

/** A Lambda handler that works off a batch, each message on its own: one bad message disturbs no other. */
export function createQueueHandler(deps: QueueDeps): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const settled = await Promise.all(Records.map((record) => workOff(deps, record)));
    const comesBack = Records.filter((_, index) => settled[index] === false);
    return { batchItemFailures: comesBack.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
}

/** True when the message may be deleted. */
async function workOff(deps: QueueDeps, record: SQSRecord): Promise<boolean> {
  const startedAt = deps.now();
  const { outcome: wanted, fields } = await outcomeOf(deps, record).catch((error) => ({
    outcome: retry('internal-error', deps.backoff(deliveriesOf(record))),
    fields: { error: errorName(error) } satisfies LogFields,
  }));
  const outcome = endInTime(deps, record, wanted);
  const done = await settle(deps, record, outcome).catch((error) => {
    deps.log('error', 'message not settled', { messageId: record.messageId, error: errorName(error) });
    return false;
  });
  reportOutcome(deps, outcome, {
    queuedAt: queuedAtOf(record),
    fields: { messageId: record.messageId, ...fields, durationMs: deps.now() - startedAt },
  });
  return done;
}

// Most of what waits is ended on its link. What is left waits for a table or a secret of ours, and so has no link to
// say it, or for a worker that never lets go.
function endInTime({ now, budgetMs }: QueueDeps, record: SQSRecord, outcome: Outcome): Outcome {
  const isOver = outcome.kind === 'retry' && now() - queuedAtOf(record) >= budgetMs;
  return isOver ? rejected('retries-exhausted', outcome.code) : outcome;
}

async function outcomeOf(
  deps: QueueDeps,
  record: SQSRecord,
): Promise<{ readonly outcome: Outcome; readonly fields: LogFields }> {
  const deliveries = deliveriesOf(record);
  const authentication = await deps.authenticate({
    body: record.body,
    attributes: textsOf(record),
    deliveries,
    queuedAt: queuedAtOf(record),
  });
  if (!authentication.ok) return { outcome: authentication.outcome, fields: { deliveries } };
  const { event, requestId } = authentication.accepted;
  const { outcome, userRef } = await deps.provision(authentication.accepted);
  const reference = userRef === undefined ? {} : { userRef };
  return { outcome, fields: { type: event.type, eventId: event.id, requestId, deliveries, ...reference } };
}

async function settle(deps: QueueDeps, record: SQSRecord, outcome: Outcome): Promise<boolean> {
  if (outcome.kind === 'retry') {
    await postpone(deps, record, outcome.afterMs);
    return false;
  }
  if (outcome.kind === 'rejected') await park(deps, record, outcome);
  return true;
}

async function postpone(deps: QueueDeps, record: SQSRecord, afterMs: number): Promise<void> {
  await deps.sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: deps.sourceQueueUrl,
      ReceiptHandle: record.receiptHandle,
      VisibilityTimeout: Math.ceil(afterMs / 1000),
    }),
  );
}

// Send first, delete after: a crash in between leaves the message twice, never nowhere.
async function park(
  deps: QueueDeps,
  record: SQSRecord,
  outcome: Outcome & { kind: 'rejected' },
): Promise<void> {
  const detail = outcome.detail === undefined ? '' : ` (${outcome.detail})`;
  const parked: Parked = {
    code: outcome.code,
    words: describeCode(outcome.code) + detail,
    time: new Date(deps.now()).toISOString(),
    attempts: deliveriesOf(record),
  };
  const attributes = { ...textsOf(record), [MESSAGE_ATTRIBUTES.parked]: JSON.stringify(parked) };
  await deps.sqs.send(
    new SendMessageCommand({
      QueueUrl: isAuthenticityCode(outcome.code) ? deps.quarantineQueueUrl : deps.deadLetterQueueUrl,
      MessageBody: record.body,
      MessageAttributes: textAttributes(attributes),
    }),
  );
}

function textsOf(record: SQSRecord): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, { stringValue }] of Object.entries(record.messageAttributes)) {
    if (stringValue !== undefined) texts[name] = stringValue;
  }
  return texts;
}

const deliveriesOf = (record: SQSRecord): number => Number(record.attributes.ApproximateReceiveCount);
const queuedAtOf = (record: SQSRecord): number => Number(record.attributes.SentTimestamp);
