import type { RowChange } from '../../../local/aws/dynamodb/tables';
import { compilePattern } from '../../../local/aws/pattern/pattern';
import { createClock } from '../../../local/clock';
import type { Invocation } from '../../../local/functions/invocation';
import {
  createStreamMapping,
  type StreamMappingSettings,
} from '../../../local/functions/stream/stream-mapping';
import type { StreamRecord } from '../../../local/functions/stream/stream-record';

const settings: StreamMappingSettings = {
  streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/links/stream/local',
  functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:projection',
  functionName: 'projection',
  failureQueueArn: 'arn:aws:sqs:us-east-1:000000000000:failures',
  ...{ viewType: 'NEW_AND_OLD_IMAGES', batchSize: 10, windowMs: 0, filters: [] },
  ...{ maximumRetries: 1, maximumAgeSeconds: 86_400, bisects: true, reportsFailures: true },
};

function aChange(user: string, state: string): RowChange {
  const keys = { userRef: { S: user } };
  return { eventName: 'INSERT', table: 'links', keys, newImage: { ...keys, state: { S: state } }, at: 0 };
}

/** A mapping whose function is `handle`; `change` lets a row change. */
function aMapping(
  more: Partial<StreamMappingSettings>,
  handle: (records: StreamRecord[]) => Invocation | undefined,
) {
  let change: (change: RowChange) => void = () => undefined;
  const seen: StreamRecord[][] = [];
  const sent: Record<string, unknown>[] = [];
  const ages: number[] = [];
  const invoke = async (event: unknown) => {
    const { Records } = event as { Records: StreamRecord[] };
    seen.push(Records);
    return handle(Records) ?? ({ requestId: 'r', ok: true, result: null } as const);
  };
  const mapping = createStreamMapping(
    { ...settings, ...more },
    {
      clock: createClock(10_000),
      door: {
        url: 'http://door',
        call: (async ({ input }: { input: Record<string, unknown> }) => sent.push(input)) as never,
      },
      takeSeat: async () => ({ invoke, release: () => undefined }),
      mayRead: () => true,
      onChange: (listener) => {
        change = listener;
      },
      onIteration: (ageMs) => void ages.push(ageMs),
    },
  );
  return { mapping, seen, sent, ages, change: (row: RowChange) => change(row) };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 50));

test('changes of a row arrive in order, in batches, as Lambda writes them', async () => {
  const { mapping, seen, change } = aMapping({}, () => undefined);
  for (let index = 0; index < 25; index += 1) change(aChange('u', `s${index}`));
  mapping.start();
  await settle();
  mapping.stop();
  expect(seen.map((batch) => batch.length)).toEqual([10, 10, 5]);
  expect(seen.flat().map(({ dynamodb }) => dynamodb.NewImage?.state?.S)).toEqual(
    Array.from({ length: 25 }, (_, i) => `s${i}`),
  );
  const numbers = seen.flat().map(({ dynamodb }) => dynamodb.SequenceNumber);
  expect(numbers.toSorted()).toEqual(numbers);
  expect(seen[0]?.[0]).toMatchObject({
    ...{
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventVersion: '1.1',
      eventSourceARN: settings.streamArn,
    },
    dynamodb: { Keys: { userRef: { S: 'u' } }, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
});

test('only records that fit a filter arrive', async () => {
  const filters = [compilePattern({ dynamodb: { NewImage: { state: { S: ['linked'] } } } })];
  const { mapping, seen, change } = aMapping({ filters }, () => undefined);
  for (const state of ['pending', 'linked', 'failed']) change(aChange('u', state));
  mapping.start();
  await settle();
  mapping.stop();
  expect(seen.flat().map(({ dynamodb }) => dynamodb.NewImage?.state?.S)).toEqual(['linked']);
});

test('images follow the view type', async () => {
  const { mapping, seen, change } = aMapping({ viewType: 'KEYS_ONLY' }, () => undefined);
  change(aChange('u', 'linked'));
  mapping.start();
  await settle();
  mapping.stop();
  expect(seen[0]?.[0]?.dynamodb).not.toHaveProperty('NewImage');
});

test('fails over a poison record to the on-failure queue, which learns where it was and not what', async () => {
  const poison = (batch: StreamRecord[]): Invocation | undefined =>
    batch.some(({ dynamodb }) => dynamodb.NewImage?.state?.S === 'poison')
      ? { requestId: 'r9', ok: false, errorType: 'Error' }
      : undefined;
  const { mapping, seen, sent, change } = aMapping({}, poison);
  for (const state of ['a', 'poison', 'b']) change(aChange('u', state));
  mapping.start();
  await settle();
  mapping.stop();
  const alone = seen.filter((batch) => batch.length === 1).flat();
  expect(alone.filter(({ dynamodb }) => dynamodb.NewImage?.state?.S === 'poison')).toHaveLength(2);
  expect(seen.flat().map(({ dynamodb }) => dynamodb.NewImage?.state?.S)).toContain('b');
  expect(sent).toHaveLength(1);
  expect(sent[0]?.QueueUrl).toBe('http://door/000000000000/failures');
  const notice = JSON.parse(String(sent[0]?.MessageBody));
  expect(notice).toMatchObject({
    requestContext: { requestId: 'r9', condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
    responseContext: { functionError: 'Unhandled' },
    DDBStreamBatchInfo: { batchSize: 1, streamArn: settings.streamArn },
  });
  expect(String(sent[0]?.MessageBody)).not.toContain('poison');
});
