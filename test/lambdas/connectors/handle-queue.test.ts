import {
  ChangeMessageVisibilityCommand,
  type ChangeMessageVisibilityCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { AUTHENTICITY_CODES, type AuthenticityCode } from '../../../events/codes';
import { type Outcome, provisioned, rejected, retry, skipped } from '../../../events/outcome';
import type { Message } from '../../../lambdas/connectors/authenticity/authenticate';
import { createQueueHandler } from '../../../lambdas/connectors/handle-queue';
import { createLog } from '../../../lambdas/runtime/logger';
import { createMetrics } from '../../../lambdas/runtime/metrics';
import { anAcceptedEvent, NOW } from '../../helpers/events';

const MINUTE = 60_000;
const BUDGET_MS = 60 * 60 * MINUTE;
/** Three days ago, as of what is redriven. */
const ACCEPTED_AT = NOW - 3 * 24 * 60 * MINUTE;

/** A message that SQS took at `sentAt`. */
function aRecord(messageId: string, sentAt: number, body = messageId): SQSRecord {
  return {
    messageId,
    body,
    receiptHandle: `handle-${messageId}`,
    attributes: { ApproximateReceiveCount: '3', SentTimestamp: `${sentAt}` },
    messageAttributes: {
      type: { stringValue: 'user.registered', dataType: 'String' },
      accepted: { stringValue: `${ACCEPTED_AT} request-1 events`, dataType: 'String' },
    },
  } as unknown as SQSRecord;
}

/** A handler whose messages end as `outcomes` says, by body. */
function setUp(outcomes: Record<string, Outcome | Error>) {
  const lines: string[] = [];
  const postponed: ChangeMessageVisibilityCommandInput[] = [];
  const parked: SendMessageCommandInput[] = [];
  const queue = { failing: false };
  const sqs = {
    async send(command: unknown) {
      if (queue.failing) throw new Error('SQS is away');
      if (command instanceof ChangeMessageVisibilityCommand) postponed.push(command.input);
      if (command instanceof SendMessageCommand) parked.push(command.input);
      return {};
    },
  };
  const write = (line: string) => void lines.push(line);
  const handler = createQueueHandler({
    system: 'crm',
    authenticate: async ({ body, deliveries }: Message) => {
      const accepted = anAcceptedEvent({ deliveries, requestId: body });
      return { ok: true, accepted };
    },
    provision: async ({ requestId }) => {
      const outcome = outcomes[requestId] as Outcome | Error;
      if (outcome instanceof Error) throw outcome;
      return { outcome, userRef: 'ref' };
    },
    sqs: sqs as never,
    sourceQueueUrl: 'source',
    deadLetterQueueUrl: 'dlq',
    quarantineQueueUrl: 'quarantine',
    backoff: (deliveries) => deliveries * 1000,
    budgetMs: BUDGET_MS,
    now: () => NOW,
    log: createLog(write, () => NOW),
    metrics: createMetrics(write, () => NOW, 'dev'),
  });
  const run = async (sentAt = NOW) =>
    (await handler({ Records: Object.keys(outcomes).map((id) => aRecord(id, sentAt)) })).batchItemFailures;
  return { run, postponed, parked, queue, lines };
}

describe('a batch', () => {
  test('returns only what must come back', async () => {
    const { run, postponed } = setUp({
      good: provisioned,
      known: skipped('already-linked'),
      later: retry('remote-unavailable', 1500),
      poison: rejected('malformed-json'),
    });
    expect(await run()).toEqual([{ itemIdentifier: 'later' }]);
    expect(postponed).toEqual([{ QueueUrl: 'source', ReceiptHandle: 'handle-later', VisibilityTimeout: 2 }]);
  });

  test('goes on when one message meets a defect of ours', async () => {
    const { run, postponed } = setUp({
      good: provisioned,
      broken: new TypeError('user ada@example.com is odd'),
    });
    expect(await run()).toEqual([{ itemIdentifier: 'broken' }]);
    expect(postponed[0]).toMatchObject({ VisibilityTimeout: 3 });
  });
});

describe('a message that is in its queue for as long as it may be', () => {
  test('is parked, with what it waited for, before the queue forgets it', async () => {
    const { run, postponed, parked } = setUp({ patient: retry('store-unavailable', 1000) });
    expect(await run(NOW - BUDGET_MS)).toEqual([]);
    expect(postponed).toEqual([]);
    const { parked: why } = parked[0]?.MessageAttributes ?? {};
    expect(JSON.parse(why?.StringValue ?? '')).toMatchObject({
      code: 'retries-exhausted',
      words: expect.stringContaining('(store-unavailable)'),
    });
  });

  test('a moment earlier comes back', async () => {
    const { run, parked } = setUp({ patient: retry('store-unavailable', 1000) });
    expect(await run(NOW - BUDGET_MS + 1)).toHaveLength(1);
    expect(parked).toEqual([]);
  });
});

describe('a rejected message', () => {
  test('is parked in the DLQ as it was, with the reason beside it', async () => {
    const { run, parked } = setUp({ poison: rejected('invalid-attribute', 'data.user.email') });
    expect(await run()).toEqual([]);
    expect(parked[0]).toMatchObject({ QueueUrl: 'dlq', MessageBody: 'poison' });
    const attributes = parked[0]?.MessageAttributes ?? {};
    expect(Object.keys(attributes).toSorted()).toEqual(['accepted', 'parked', 'type']);
    expect(JSON.parse(attributes.parked?.StringValue ?? '')).toEqual({
      code: 'invalid-attribute',
      words: 'An attribute has the wrong type, is too long or has a forbidden name. (data.user.email)',
      time: '2026-11-20T10:00:00.000Z',
      attempts: 3,
    });
  });

  test('goes to quarantine when its sender could not be believed', async () => {
    const { run, parked } = setUp({ forged: rejected('signature-invalid') });
    await run();
    expect(parked[0]?.QueueUrl).toBe('quarantine');
  });

  test('stays in the queue when it cannot be parked', async () => {
    const { run, queue } = setUp({ poison: rejected('malformed-json') });
    queue.failing = true;
    expect(await run()).toEqual([{ itemIdentifier: 'poison' }]);
  });
});

describe('what is written down', () => {
  test('is one log line and one metric line for each message, with its outcome', async () => {
    const { run, lines } = setUp({ good: provisioned, later: retry('remote-throttled', 1000) });
    await run();
    const entries = lines.map((line) => JSON.parse(line));
    expect(entries.filter(({ _aws }) => _aws)).toHaveLength(2);
    expect(entries.filter(({ message }) => message)).toMatchObject([
      { outcome: 'provisioned', userRef: 'ref', eventId: 'reg_1', requestId: 'good', system: 'crm' },
      { outcome: 'retry', code: 'remote-throttled', afterMs: 1000 },
    ]);
  });

  test('takes what is expected for no error: who waits, has everything already or is held is no news for the night', async () => {
    const { run, lines } = setUp({
      made: provisioned,
      known: skipped('unchanged'),
      held: skipped('conflict'),
      out: skipped('out-of-scope'),
      later: retry('remote-throttled', 1000),
      poison: rejected('remote-rejected'),
    });
    await run();
    const entries = lines.map((line) => JSON.parse(line));
    const levels = entries.flatMap(({ level, outcome }) => (level === undefined ? [] : [[outcome, level]]));
    expect(levels).toEqual([
      ...[
        ['provisioned', 'info'],
        ['skipped', 'info'],
        ['skipped', 'info'],
        ['skipped', 'info'],
      ],
      ...[
        ['retry', 'info'],
        ['rejected', 'warn'],
      ],
    ]);
    expect(entries.filter(({ Rejected }) => Rejected !== undefined)).toHaveLength(1);
  });

  test('never holds what a user or an error said', async () => {
    const { run, lines } = setUp({
      broken: new Error('ada@example.com'),
      poison: rejected('invalid-attribute', 'a@b'),
    });
    await run();
    expect(lines.join()).not.toMatch(/@/);
  });

  const agesIn = (lines: string[]) =>
    lines.map((line) => JSON.parse(line)).filter((entry) => 'RetryAge' in entry);

  test('tells how long a message that has to come back is in the queue, and of no other', async () => {
    const { run, lines } = setUp({ good: provisioned, later: retry('remote-unavailable', 1000) });
    await run(NOW - 16 * MINUTE);
    expect(agesIn(lines)).toMatchObject([{ Retried: 1, RetryAge: 16 * MINUTE, System: 'crm' }]);
  });

  test('tells of no outage when a message that was accepted days ago is redriven and meets a hiccup', async () => {
    const { run, lines } = setUp({ later: retry('remote-unavailable', 1000) });
    await run(NOW - 2 * MINUTE);
    expect(agesIn(lines)).toMatchObject([{ RetryAge: 2 * MINUTE }]);
  });

  test('tells the age of what comes back before anything of it could be read', async () => {
    const { run, lines } = setUp({ broken: new Error('DynamoDB is away') });
    await run(NOW - 16 * MINUTE);
    expect(agesIn(lines)).toMatchObject([{ RetryAge: 16 * MINUTE }]);
  });

  test.each(Object.keys(AUTHENTICITY_CODES) as AuthenticityCode[])(
    'counts a sender who cannot be believed (%s) for the environment, whatever the system',
    async (code) => {
      const { run, lines } = setUp({ forged: rejected(code), poison: rejected('malformed-json') });
      await run();
      const counts = lines.map((line) => JSON.parse(line)).filter((entry) => 'SignatureRejected' in entry);
      expect(counts).toMatchObject([{ SignatureRejected: 1, Environment: 'dev' }]);
      expect(counts[0]).not.toHaveProperty('System');
      expect(counts[0]._aws.CloudWatchMetrics).toEqual([
        {
          Namespace: 'Punctual',
          Dimensions: [['Environment']],
          Metrics: [{ Name: 'SignatureRejected', Unit: 'Count' }],
        },
      ]);
    },
  );

  test('measures by environment and system and never by user', async () => {
    const { run, lines } = setUp({ good: provisioned });
    await run();
    const metric = lines.map((line) => JSON.parse(line)).find(({ _aws }) => _aws);
    expect(metric._aws.CloudWatchMetrics[0].Dimensions).toEqual([['Environment', 'System']]);
    expect(metric).toMatchObject({ Environment: 'dev', System: 'crm', Provisioned: 1 });
  });
});
