import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeCode, isAuthenticityCode } from '../../events/codes';
import { type Outcome, rejected, retry } from '../../events/outcome';
import { errorName, type LogFields } from '../runtime/logger';
import {
  batchResponse,
  deliveriesOf,
  park,
  postpone,
  queuedAtOf,
  type Sqs,
  textsOf,
} from '../runtime/queue-message';
import type { AcceptedEvent } from './authenticity/accepted-event';
import type { Authentication, Message } from './authenticity/authenticate';
import { type ReportDeps, reportOutcome } from './outcome/report-outcome';
import type { Provisioning } from './provision';

/** Everything a queue of a system needs to be worked off. */
export interface QueueDeps extends ReportDeps {
  readonly authenticate: (message: Message) => Promise<Authentication>;
  readonly provision: (accepted: AcceptedEvent) => Promise<Provisioning>;
  readonly sqs: Sqs;
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
    return batchResponse(Records, settled);
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
  const { sqs, sourceQueueUrl } = deps;
  if (outcome.kind === 'retry') {
    await postpone(sqs, sourceQueueUrl, record, outcome.afterMs);
    return false;
  }
  if (outcome.kind === 'rejected') await parkRejected(deps, record, outcome);
  return true;
}

async function parkRejected(
  { sqs, now, quarantineQueueUrl, deadLetterQueueUrl }: QueueDeps,
  record: SQSRecord,
  { code, detail }: Outcome & { kind: 'rejected' },
): Promise<void> {
  const words = describeCode(code) + (detail === undefined ? '' : ` (${detail})`);
  const queueUrl = isAuthenticityCode(code) ? quarantineQueueUrl : deadLetterQueueUrl;
  await park(sqs, queueUrl, record, { code, words, now: now() });
}
