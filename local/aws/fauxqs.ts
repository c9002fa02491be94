import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AwsError } from './aws-error';

/** The emulator of queues, topics and subscriptions, called in process: it never listens. */
export interface Fauxqs {
  sqs(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Parameters of the query protocol, `Action` included; gives XML. */
  sns(parameters: Record<string, string>): Promise<string>;
  queues(): Promise<QueueDepth[]>;
  /** Every message there is, without receiving it. */
  messages(): QueuedMessages[];
  close(): Promise<void>;
}

export interface QueueDepth {
  readonly name: string;
  readonly url: string;
  readonly approximateMessageCount: number;
  readonly approximateInflightCount: number;
  readonly approximateDelayedCount: number;
}

/** When a message was sent, in real epoch ms, and how often it was received. */
export interface QueuedMessage {
  readonly sentAt: number;
  readonly receives: number;
  /** What a worker wrote on a message that it parked, as JSON. */
  readonly parked?: string;
}

export interface QueuedMessages {
  readonly name: string;
  readonly visible: readonly QueuedMessage[];
  readonly inFlight: readonly QueuedMessage[];
}

/** What we use of a Fastify application. */
interface Injectable {
  ready(): PromiseLike<unknown>;
  close(): Promise<void>;
  inject(request: {
    method: string;
    url: string;
    headers: Record<string, string>;
    payload?: string;
  }): Promise<{
    statusCode: number;
    body: string;
    headers: Record<string, unknown>;
  }>;
}

/** It puts the port of this header into queue URLs; any other form of URL it cannot take apart. */
const HOST = 'localhost:4566';

export async function openFauxqs(): Promise<Fauxqs> {
  const { buildApp } = await import('fauxqs');
  await allowAllCharactersOfSqs();
  const sqsStore = await openStore();
  const stores = { sqsStore } as unknown as Stores;
  const app = buildApp({ logger: false, defaultRegion: 'us-east-1', stores }) as unknown as Injectable;
  await app.ready();
  const post = (headers: Record<string, string>, payload: string) =>
    app.inject({ method: 'POST', url: '/', headers: { host: HOST, ...headers }, payload });
  return {
    async sqs(operation, input) {
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
      };
      const answer = await post(headers, JSON.stringify(input));
      const body = JSON.parse(answer.body) as Record<string, unknown>;
      if (answer.statusCode < 400) return body;
      throw sqsError(answer.statusCode, body, String(answer.headers['x-amzn-query-error'] ?? ''));
    },
    async sns(parameters) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await post(headers, new URLSearchParams(parameters).toString());
      if (answer.statusCode < 400) return answer.body;
      throw snsError(answer.statusCode, answer.body);
    },
    queues: async () => {
      const answer = await app.inject({ method: 'GET', url: '/_fauxqs/queues', headers: { host: HOST } });
      return JSON.parse(answer.body) as QueueDepth[];
    },
    messages: () => sqsStore.listQueues().map(messagesOf),
    close: () => app.close(),
  };
}

/** It makes those that are not given. */
type Stores = NonNullable<NonNullable<Parameters<typeof import('fauxqs').buildApp>[0]>['stores']>;

/** What we use of the emulator's store, which it does not export. */
interface Store {
  listQueues(): StoredQueue[];
}

interface StoredQueue {
  readonly name: string;
  processTimers(): void;
  readonly messages: readonly StoredMessage[];
  readonly inflightMessages: ReadonlyMap<string, { readonly message: StoredMessage }>;
}

interface StoredMessage {
  readonly sentTimestamp: number;
  readonly approximateReceiveCount: number;
  readonly messageAttributes: Readonly<Record<string, { readonly StringValue?: string }>>;
}

async function openStore(): Promise<Store> {
  const { SqsStore } = (await importInner('sqs/sqsStore.js')) as { SqsStore: new () => Store };
  return new SqsStore();
}

function messagesOf(queue: StoredQueue): QueuedMessages {
  // What has become visible again is moved when somebody looks.
  queue.processTimers();
  const inFlight = [...queue.inflightMessages.values()].map(({ message }) => message);
  return { name: queue.name, visible: queue.messages.map(read), inFlight: inFlight.map(read) };
}

function read({ sentTimestamp, approximateReceiveCount, messageAttributes }: StoredMessage): QueuedMessage {
  const parked = messageAttributes.parked?.StringValue;
  const message = { sentAt: sentTimestamp, receives: approximateReceiveCount };
  return parked === undefined ? message : { ...message, parked };
}

/** A module of the emulator that its package keeps to itself. */
function importInner(file: string): Promise<unknown> {
  return import(pathToFileURL(join(__dirname, '../../node_modules/fauxqs/dist', file)).href);
}

/** Codes that the old protocol of SQS does not prefix; the emulator prefixes all. */
const PLAIN_CODES = [
  'InvalidParameterValue',
  'MissingParameter',
  'InvalidMessageContents',
  'ReceiptHandleIsInvalid',
];

/**
 * SQS takes every character of XML 1.0, those beyond U+FFFF included. The emulator's pattern sees an emoji as two
 * halves and refuses both, so the pattern it exports inside the package is compiled anew.
 * Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
async function allowAllCharactersOfSqs(): Promise<void> {
  const { INVALID_MESSAGE_BODY_CHAR: pattern } = (await importInner('sqs/sqsTypes.js')) as {
    INVALID_MESSAGE_BODY_CHAR: RegExp;
  };
  pattern.compile('[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\u{10000}-\\u{10FFFF}]', 'u');
}

function sqsError(status: number, body: Record<string, unknown>, queryError: string): AwsError {
  const code = String(body.__type ?? 'InternalFailure');
  const plain = PLAIN_CODES.some((name) => code.endsWith(`#${name}`));
  const queryCode = queryError.split(';')[0]?.replace(plain ? /^.*\./ : '', '');
  return new AwsError(code, String(body.message ?? ''), status, queryCode ? { queryCode } : {});
}

function snsError(status: number, xml: string): AwsError {
  const [code, message] = ['Code', 'Message'].map(
    (name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1],
  );
  return new AwsError(code ?? 'InternalFailure', message ?? xml, status);
}
