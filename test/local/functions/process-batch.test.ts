import type { Invocation } from '../../../local/functions/invocation';
import { processBatch, type StreamRules } from '../../../local/functions/stream/process-batch';
import type { StreamRecord } from '../../../local/functions/stream/stream-record';

const NOW_SECONDS = 1_000_000;
const rules: StreamRules = {
  maximumRetries: 2,
  maximumAgeSeconds: 3600,
  bisects: false,
  reportsFailures: true,
};

function aRecord(SequenceNumber: string, ageSeconds = 0): StreamRecord {
  return {
    dynamodb: { SequenceNumber, ApproximateCreationDateTime: NOW_SECONDS - ageSeconds },
  } as StreamRecord;
}

const records = (...names: string[]) => names.map((name) => aRecord(name));
const namesOf = (batch: readonly StreamRecord[]) =>
  batch.map(({ dynamodb }) => dynamodb.SequenceNumber).join('');

/** Runs a batch through a function that answers as `answer` says for the names it is given. */
async function run(
  batch: StreamRecord[],
  more: Partial<StreamRules>,
  answer: (names: string) => Invocation | string,
) {
  const invoked: string[] = [];
  const givenUp: string[] = [];
  const ended = await processBatch(
    batch,
    { ...rules, ...more },
    {
      now: () => NOW_SECONDS * 1000,
      pause: async () => true,
      async invoke(given) {
        const names = namesOf(given);
        invoked.push(names);
        const reply = answer(names);
        if (typeof reply !== 'string') return reply;
        const batchItemFailures = [...reply].map((itemIdentifier) => ({ itemIdentifier }));
        return { requestId: 'r', ok: true, result: { batchItemFailures } };
      },
      async giveUp(given, reason) {
        givenUp.push(`${namesOf(given)} ${reason}`);
      },
    },
  );
  return { invoked, givenUp, ended };
}

const crash: Invocation = { requestId: 'r', ok: false, errorType: 'Error' };

test('a batch that succeeds is invoked once', async () => {
  expect(await run(records('a', 'b', 'c'), {}, () => '')).toMatchObject({ invoked: ['abc'], givenUp: [] });
});

test('what was done before the first failure is not repeated', async () => {
  let failures = 'bc';
  const { invoked, givenUp } = await run(records('a', 'b', 'c'), {}, () => {
    const reply = failures;
    failures = '';
    return reply;
  });
  expect(invoked).toEqual(['abc', 'bc']);
  expect(givenUp).toEqual([]);
});

test('the lowest failure decides, in whatever order failures are reported', async () => {
  let reply = 'cb';
  const { invoked } = await run(records('a', 'b', 'c'), {}, () => {
    const now = reply;
    reply = '';
    return now;
  });
  expect(invoked).toEqual(['abc', 'bc']);
});

test('attempts are capped, and what is left of the batch is given up', async () => {
  const { invoked, givenUp } = await run(records('a', 'b', 'c'), {}, (names) =>
    names.includes('b') ? 'b' : '',
  );
  expect(invoked).toEqual(['abc', 'bc', 'bc']);
  expect(givenUp).toEqual(['bc RetryAttemptsExhausted']);
});

test('bisecting finds the one bad record and gives up on it alone', async () => {
  const poison = (names: string) => (names.includes('c') ? crash : '');
  const { invoked, givenUp } = await run(records('a', 'b', 'c', 'd'), { bisects: true }, poison);
  expect(invoked).toEqual(['abcd', 'ab', 'cd', 'c', 'c', 'c', 'd']);
  expect(givenUp).toEqual(['c RetryAttemptsExhausted']);
});

test('halving costs no attempt, and a reported failure of the first record is halved as well', async () => {
  const { invoked, givenUp } = await run(records('a', 'b'), { bisects: true, maximumRetries: 0 }, (names) =>
    names.startsWith('a') ? 'a' : '',
  );
  expect(invoked).toEqual(['ab', 'a', 'b']);
  expect(givenUp).toEqual(['a RetryAttemptsExhausted']);
});

test('records that became too old are given up before the next attempt', async () => {
  const batch = [aRecord('a', 3601), aRecord('b', 3599)];
  const { invoked, givenUp } = await run(batch, {}, () => '');
  expect(givenUp).toEqual(['a MaximumRecordAgeExceeded']);
  expect(invoked).toEqual(['b']);
});

test('without a cap a batch is tried until it succeeds', async () => {
  let left = 20;
  const { invoked, givenUp } = await run(records('a'), { maximumRetries: Number.POSITIVE_INFINITY }, () =>
    left-- > 0 ? crash : '',
  );
  expect(invoked).toHaveLength(21);
  expect(givenUp).toEqual([]);
});

test('a run that ends while a batch waits leaves it undone', async () => {
  const steps = {
    now: () => 0,
    pause: async () => false,
    invoke: async () => crash,
    giveUp: async () => undefined,
  };
  expect(await processBatch(records('a'), { ...rules, maximumAgeSeconds: 1e12 }, steps)).toBe(false);
});
