import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { waitFor } from '../helpers/wait-for';
import { aFunction, aMapping, anAssembly, aQueue, arnOf } from './helpers/an-assembly';
import { type SmallRun, startSmallRun } from './helpers/small-run';

/** Does what each body says, and prints what it got. */
const OBEDIENT = `
export async function handler(event, context) {
  const failures = [];
  for (const record of event.Records) {
    console.log(JSON.stringify({ body: record.body, receives: record.attributes.ApproximateReceiveCount, batch: event.Records.length, record }));
    if (record.body === 'throw') throw new Error('told to');
    if (record.body === 'fail') failures.push({ itemIdentifier: record.messageId });
    if (record.body === 'sleep') await new Promise((resolve) => setTimeout(resolve, 60000));
    if (record.body === 'tell') console.log(JSON.stringify({ env: process.env, left: context.getRemainingTimeInMillis(), now: Date.now(), name: context.functionName }));
    if (record.body === 'abroad') await fetch('https://api.example.com/').catch((error) => console.log('refused ' + error.message));
  }
  return { batchItemFailures: failures };
}`;

const assembly = () =>
  anAssembly({
    code: { obedient: OBEDIENT },
    resources: {
      Parked: aQueue(),
      // 60 seconds are 0.6 at this run's pace.
      Source: aQueue({
        VisibilityTimeout: 60,
        RedrivePolicy: { deadLetterTargetArn: arnOf('Parked'), maxReceiveCount: 2 },
      }),
      Worker: aFunction('obedient', { Timeout: 1, Environment: { Variables: { COLOUR: 'red' } } }),
      Mapping: aMapping('Worker', arnOf('Source'), {
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      }),
    },
  });

let run: SmallRun;
beforeAll(async () => {
  run = await startSmallRun(assembly(), { timeScale: 100 });
}, 30_000);
afterAll(() => run.stop());

interface Line {
  readonly body: string;
  readonly receives: string;
  readonly record: Record<string, unknown>;
  readonly env: Record<string, string>;
  readonly left: number;
  readonly now: number;
  readonly name: string;
}

const send = (MessageBody: string, MessageAttributes = {}) =>
  run.sqs.send(new SendMessageCommand({ QueueUrl: run.queueUrl('Source'), MessageBody, MessageAttributes }));

/** Lines of the log are JSON, except what the runner itself has to say. */
const lines = () =>
  run
    .log('Worker')
    .split('\n')
    .filter((line) => line.startsWith('{"body"') || line.startsWith('{"env"'))
    .map((line) => JSON.parse(line) as Line);

const parked = async (body: string) => {
  const receive = new ReceiveMessageCommand({
    QueueUrl: run.queueUrl('Parked'),
    VisibilityTimeout: 0,
    MaxNumberOfMessages: 10,
  });
  const { Messages = [] } = await run.sqs.send(receive);
  return Messages.find(({ Body }) => Body === body);
};

const receivesOf = (body: string) =>
  lines()
    .filter((line) => line.body === body)
    .map(({ receives }) => receives);

test('a message arrives as Lambda hands it over, and is deleted when it is done', async () => {
  await send('hello', { type: { DataType: 'String', StringValue: 'user.registered' } });
  const { record } = await waitFor('the record', async () => lines().find(({ body }) => body === 'hello'));
  expect(record).toMatchObject({
    ...{
      body: 'hello',
      eventSource: 'aws:sqs',
      awsRegion: 'us-east-1',
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
    },
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.any(String) },
    messageAttributes: {
      type: {
        stringValue: 'user.registered',
        dataType: 'String',
        stringListValues: [],
        binaryListValues: [],
      },
    },
  });
  expect(record.eventSourceARN).toMatch(/^arn:aws:sqs:us-east-1:000000000000:App-Source/);
});

test('only what is reported as failed comes back, until its receives are used up and the DLQ takes it', async () => {
  await Promise.all([send('fail'), send('good')]);
  await waitFor('the DLQ', async () => parked('fail'), 10_000);
  expect(receivesOf('fail')).toEqual(['1', '2']);
  expect(receivesOf('good')).toEqual(['1']);
});

test('a function that throws deletes nothing', async () => {
  await send('throw');
  await waitFor('the DLQ', async () => parked('throw'), 10_000);
  expect(receivesOf('throw')).toEqual(['1', '2']);
  expect(run.log('Worker')).toContain('"errorMessage":"told to"');
});

test('a function that takes too long is ended in real time', async () => {
  await send('sleep');
  await waitFor('the DLQ', async () => parked('sleep'), 20_000);
  expect(run.log('Worker')).toMatch(/Task timed out after 1\.00 seconds/);
}, 25_000);

test('a function sees its own environment, its credentials and the virtual time', async () => {
  await send('tell');
  const { env, left, now, name } = await waitFor('the line', async () => lines().find((line) => line.env));
  expect(env).toMatchObject({
    COLOUR: 'red',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL: run.url,
    AWS_LAMBDA_FUNCTION_NAME: name,
  });
  expect(env.AWS_ACCESS_KEY_ID).toMatch(/^LKIA/);
  expect(env).not.toHaveProperty('HOME');
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(1000);
  expect(now).toBeGreaterThan(Date.now() + 1000);
});

test('a function reaches no address outside this machine', async () => {
  await send('abroad');
  await waitFor(
    'the refusal',
    async () =>
      run.log('Worker').includes('refused origin-not-allowed: https://api.example.com') || undefined,
  );
});

test('a killed instance loses nothing: its messages come back', async () => {
  await send('sleep');
  const before = receivesOf('sleep').length;
  await waitFor('the sleeper', async () => receivesOf('sleep').length > before || undefined);
  expect(await run.kill('Worker')).toBeGreaterThan(0);
  await run.restart();
  await send('after');
  await waitFor('the next message', async () => receivesOf('after')[0]);
  await waitFor('the sleeper again', async () => receivesOf('sleep').length > before + 1 || undefined);
}, 15_000);

test('polls and deletes are counted as those of Lambda', async () => {
  const calls = await run.calls();
  const operations = calls
    .filter(({ caller }) => caller === 'lambda.amazonaws.com')
    .map(({ operation }) => operation);
  expect(operations).toEqual(expect.arrayContaining(['ReceiveMessage', 'DeleteMessageBatch']));
});
