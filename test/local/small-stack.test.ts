import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ListSubscriptionsCommand, PublishCommand } from '@aws-sdk/client-sns';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { waitFor } from '../helpers/wait-for';
import {
  aFunction,
  aMapping,
  aNestedStack,
  anAssembly,
  aQueue,
  aQueuePolicy,
  arnOf,
} from './helpers/an-assembly';
import { type SmallRun, startSmallRun } from './helpers/small-run';

const PROJECTION = `
export async function handler(event) {
  for (const { eventName, dynamodb } of event.Records) {
    console.log(eventName + ' ' + JSON.stringify(dynamodb.OldImage ?? null) + ' ' + JSON.stringify(dynamodb.NewImage ?? null));
    if (dynamodb.NewImage?.note?.S === 'poison') throw new Error('cannot');
  }
}`;

const aSubscription = (endpoint: object, properties: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: {
    TopicArn: { Ref: 'Topic' },
    Protocol: 'sqs',
    Endpoint: endpoint,
    RawMessageDelivery: true,
    ...properties,
  },
});

const aTable = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    Replicas: [{ Region: { Ref: 'AWS::Region' } }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
};

const assembly = () =>
  anAssembly({
    code: { projection: PROJECTION },
    nested: {
      inner: {
        Parameters: { Topic: { Type: 'String' }, Dlq: { Type: 'String' } },
        Resources: {
          InnerQueue: aQueue(),
          InnerQueuePolicy: aQueuePolicy('InnerQueue'),
          Subscription: aSubscription(arnOf('InnerQueue'), {
            FilterPolicy: { type: ['good'] },
            RedrivePolicy: { deadLetterTargetArn: { Ref: 'Dlq' } },
          }),
        },
        Outputs: { Url: { Value: { Ref: 'InnerQueue' } } },
      },
    },
    resources: {
      Inner: aNestedStack('inner', { Topic: { Ref: 'Topic' }, Dlq: arnOf('TopicDlq') }),
      Topic: { Type: 'AWS::SNS::Topic' },
      TopicDlq: aQueue(),
      TopicDlqPolicy: aQueuePolicy('TopicDlq'),
      Mail: aSubscription('ops@example.com' as never, { Protocol: 'email', RawMessageDelivery: false }),
      Table: aTable,
      Failures: aQueue(),
      Projection: aFunction('projection'),
      Mapping: aMapping('Projection', arnOf('Table', 'StreamArn'), {
        StartingPosition: 'TRIM_HORIZON',
        MaximumRetryAttempts: 1,
        BisectBatchOnFunctionError: true,
        DestinationConfig: { OnFailure: { Destination: arnOf('Failures') } },
      }),
    },
    outputs: {
      Topic: { Value: { Ref: 'Topic' } },
      Table: { Value: { Ref: 'Table' } },
      Url: { Value: arnOf('Inner', 'Outputs.Url') },
    },
  });

let run: SmallRun;
beforeAll(async () => {
  run = await startSmallRun(assembly(), { timeScale: 100 });
}, 30_000);
afterAll(() => run.stop());

const publish = (Message: string, type: string) =>
  run.sns.send(
    new PublishCommand({
      TopicArn: run.outputs.Topic,
      Message,
      MessageAttributes: { type: { DataType: 'String', StringValue: type } },
    }),
  );

const receive = async (QueueUrl: string) => {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    WaitTimeSeconds: 1,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ['All'],
    VisibilityTimeout: 43_200,
  });
  return (await run.sqs.send(command)).Messages ?? [];
};

test('a message travels through topic, filter and nested stack, attributes kept', async () => {
  expect(run.outputs.Url).toBe(run.queueUrl('InnerQueue'));
  await publish('hidden', 'bad');
  await publish('hello', 'good');
  const messages = await receive(run.queueUrl('InnerQueue'));
  expect(messages.map(({ Body }) => Body)).toEqual(['hello']);
  expect(messages[0]?.MessageAttributes?.type?.StringValue).toBe('good');
});

test('what a queue does not take ends in the DLQ of its subscription', async () => {
  await run.fault({
    service: 'sqs',
    operation: 'SendMessage',
    caller: 'sns.amazonaws.com',
    when: 'before',
    effect: 'error',
    status: 403,
    times: 1,
  });
  await publish('undelivered', 'good');
  const messages = await waitFor('the DLQ', async () => {
    const found = await receive(run.queueUrl('TopicDlq'));
    return found.length > 0 && found;
  });
  expect(messages.map(({ Body }) => Body)).toEqual(['undelivered']);
  expect(messages[0]?.MessageAttributes?.type?.StringValue).toBe('good');
});

test('an answer that gets lost after the fact makes a duplicate, as on AWS', async () => {
  await run.fault({
    service: 'sqs',
    operation: 'SendMessage',
    caller: 'sns.amazonaws.com',
    when: 'after',
    effect: 'error',
    times: 1,
  });
  await publish('twice', 'good');
  const bodies: (string | undefined)[] = [];
  await waitFor('both', async () => {
    bodies.push(...(await receive(run.queueUrl('InnerQueue'))).map(({ Body }) => Body));
    return bodies.length >= 2;
  });
  expect(bodies).toEqual(['twice', 'twice']);
});

test('API Gateway gets JSON from SNS, for answers and for errors', async () => {
  const post = async (fields: Record<string, string>) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const answer = await fetch(run.url, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ Action: 'Publish', ...fields }),
    });
    return { status: answer.status, json: await answer.json() };
  };
  expect(await post({ TopicArn: run.outputs.Topic ?? '', Message: 'x' })).toMatchObject({
    status: 200,
    json: {
      PublishResponse: {
        PublishResult: { MessageId: expect.any(String) },
        ResponseMetadata: { RequestId: expect.any(String) },
      },
    },
  });
  expect(await post({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:other', Message: 'x' })).toMatchObject({
    status: 404,
    json: { Error: { Code: 'NotFound', Message: 'Topic does not exist', Type: 'Sender' } },
  });
  expect(await post({ TopicArn: run.outputs.Topic ?? '', Message: 'x'.repeat(262_145) })).toMatchObject({
    status: 400,
    json: { Error: { Code: 'InvalidParameter', Message: 'Invalid parameter: Message too long' } },
  });
});

test('rows that are created, changed and removed reach the projection', async () => {
  const { dynamodb, outputs } = run;
  const put = (Item: PutItemCommand['input']['Item']) =>
    dynamodb.send(new PutItemCommand({ TableName: outputs.Table, Item }));
  await put({ id: { S: 'a' }, note: { S: 'one' } });
  await put({ id: { S: 'a' }, note: { S: 'two' } });
  await dynamodb.send(new DeleteItemCommand({ TableName: outputs.Table, Key: { id: { S: 'a' } } }));
  await waitFor('the removal', async () => run.log('Projection').includes('REMOVE'));
  expect(run.log('Projection').trim().split('\n')).toEqual([
    'INSERT null {"id":{"S":"a"},"note":{"S":"one"}}',
    'MODIFY {"id":{"S":"a"},"note":{"S":"one"}} {"id":{"S":"a"},"note":{"S":"two"}}',
    'REMOVE {"id":{"S":"a"},"note":{"S":"two"}} null',
  ]);
});

test('fails over a record that cannot be projected, and goes on', async () => {
  const put = (id: string, note: string) =>
    run.dynamodb.send(
      new PutItemCommand({ TableName: run.outputs.Table, Item: { id: { S: id }, note: { S: note } } }),
    );
  await Promise.all([put('x', 'poison'), put('y', 'fine')]);
  const [notice] = await waitFor('the failure', async () => {
    const found = await receive(run.queueUrl('Failures'));
    return found.length > 0 && found;
  });
  expect(JSON.parse(notice?.Body ?? '')).toMatchObject({ DDBStreamBatchInfo: { batchSize: 1 } });
  await waitFor('the good one', async () => run.log('Projection').includes('"note":{"S":"fine"}'));
});

test('any client sees what there is', async () => {
  const attributes = await run.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: run.queueUrl('InnerQueue'), AttributeNames: ['All'] }),
  );
  expect(attributes.Attributes).toMatchObject({
    VisibilityTimeout: '30',
    QueueArn: expect.stringContaining('InnerQueue'),
  });
  const { Subscriptions = [] } = await run.sns.send(new ListSubscriptionsCommand({}));
  expect(Subscriptions.map(({ Protocol }) => Protocol).toSorted()).toEqual(['email', 'sqs']);
  const { Items = [] } = await run.dynamodb.send(new ScanCommand({ TableName: run.outputs.Table }));
  expect(Items.map(({ id }) => id?.S).toSorted()).toEqual(['x', 'y']);
});

test('a queue takes characters of every plane', async () => {
  const [QueueUrl, MessageBody] = [run.queueUrl('TopicDlq'), 'Zoë 漢字 😀 \uFFFD\t\r\n'];
  await run.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  expect((await receive(QueueUrl)).map(({ Body }) => Body)).toEqual([MessageBody]);
});

test('rejects characters that SQS has no place for', async () => {
  const QueueUrl = run.queueUrl('TopicDlq');
  const send = run.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a\u0001b' }));
  await expect(send).rejects.toMatchObject({ name: 'InvalidMessageContents' });
});

test('rejects operations it does not have by name', async () => {
  const move = run.sqs.send(
    new StartMessageMoveTaskCommand({ SourceArn: 'arn:aws:sqs:us-east-1:000000000000:x' }),
  );
  await expect(move).rejects.toThrow('does not support StartMessageMoveTask of sqs');
  await expect(
    fetch(run.url, {
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request' },
    }).then((answer) => answer.text()),
  ).resolves.toContain('The local run has no s3');
});

test('fails before anything is created when the template holds what it does not know', async () => {
  const resources = { Bucket: { Type: 'AWS::S3::Bucket' }, Fifo: aQueue({ FifoQueue: true }) };
  await expect(startSmallRun(anAssembly({ resources }))).rejects.toMatchObject({
    code: 'template-unsupported',
    message: expect.stringMatching(/AWS::S3::Bucket \(Bucket\)[\s\S]*property FifoQueue of Fifo/),
  });
}, 20_000);

test('fails on an invalid filter policy, naming the subscription', async () => {
  const resources = {
    Topic: { Type: 'AWS::SNS::Topic' },
    Queue: aQueue(),
    Subscription: aSubscription(arnOf('Queue'), { FilterPolicy: { type: [{ wildcard: 'x' }] } }),
  };
  await expect(startSmallRun(anAssembly({ resources }))).rejects.toMatchObject({
    code: 'InvalidParameter',
    message: expect.stringMatching(/^Creating Subscription .*FilterPolicy/),
  });
}, 20_000);

test('fails with a clear message when its port is in use, and frees it when it stops', async () => {
  const port = Number(new URL(run.url).port);
  const other = startSmallRun(anAssembly({ resources: {} }), { port });
  await expect(other).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringContaining(`Port ${port} is in use`),
  });

  const short = await startSmallRun(anAssembly({ resources: {} }));
  await short.stop();
  const server = createServer().listen(Number(new URL(short.url).port), '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  expect((server.address() as AddressInfo).port).toBe(Number(new URL(short.url).port));
  server.close();
}, 20_000);
