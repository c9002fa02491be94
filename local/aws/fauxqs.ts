import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AwsError } from './aws-error';

/** The emulator of queues, topics and subscriptions, called in process: it never listens. */
export interface Fauxqs {
  sqs(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Parameters of the query protocol, `Action` included; gives XML. */
  sns(parameters: Record<string, string>): Promise<string>;
  queues(): Promise<QueueDepth[]>;
  close(): Promise<void>;
}

export interface QueueDepth {
  readonly name: string;
  readonly url: string;
  readonly approximateMessageCount: number;
  readonly approximateInflightCount: number;
  readonly approximateDelayedCount: number;
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
  const app = buildApp({ logger: false, defaultRegion: 'us-east-1' }) as unknown as Injectable;
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
    close: () => app.close(),
  };
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
  const file = join(__dirname, '../../node_modules/fauxqs/dist/sqs/sqsTypes.js');
  const { INVALID_MESSAGE_BODY_CHAR: pattern } = (await import(pathToFileURL(file).href)) as {
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
