import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../runtime/http';
import { HttpError } from '../../runtime/http';
import { errorName } from '../../runtime/logger';
import { type BusEvent, NotSentError, type PutEvent, type Transport } from '../transport';

/** A call as the connector wanted it, with all its secrets. */
export type RecordedCall = { readonly sent: boolean; readonly answer?: string } & (
  | { readonly by: 'http'; readonly request: HttpRequest }
  | { readonly by: 'dynamodb'; readonly operation: string; readonly input: unknown }
  | { readonly by: 'eventbridge'; readonly event: BusEvent }
);

/** Lets look-ups through, and keeps everything else in `calls` instead of sending it. */
export function recordingTransport(transport: Transport, calls: RecordedCall[]): Transport {
  return {
    http: recordingHttp(transport.http, calls),
    // The cast: what the overloads of `send` say of each command is the real client's to keep.
    dynamoDb: { send: recordingSend(transport.dynamoDb, calls) as DynamoDBDocumentClient['send'] },
    putEvent: recordingPut(calls),
  };
}

function recordingHttp(http: HttpClient, calls: RecordedCall[]): HttpClient {
  // Who sends an account whole reads it again before the next change, and is to find there what it sent before.
  const kept = new Map<string, string>();
  return async (request) => {
    const { method, url, body = '' } = request;
    const call = { by: 'http', request } as const;
    if (method === 'PUT') kept.set(url, body);
    if (method !== 'GET') return keep(calls, call);
    const done = kept.get(url);
    if (done !== undefined) return { status: 200, headers: new Headers(), body: done };
    const note = (answer: string) => void calls.push({ ...call, sent: true, answer });
    return http(request).then(
      (answer: HttpAnswer) => {
        note(`HTTP ${answer.status}`);
        return answer;
      },
      (error) => {
        note(error instanceof HttpError ? error.reason : 'no answer');
        throw error;
      },
    );
  };
}

const WRITES = [
  [PutCommand, 'PutItem'],
  [UpdateCommand, 'UpdateItem'],
  [DeleteCommand, 'DeleteItem'],
] as const;

function recordingSend(client: Transport['dynamoDb'], calls: RecordedCall[]) {
  return async (command: { readonly input: unknown }): Promise<unknown> => {
    const { input } = command;
    // By its class: bundling takes the names away.
    if (!(command instanceof GetCommand)) {
      const operation = WRITES.find(([Write]) => command instanceof Write)?.[1] ?? 'Write';
      return keep(calls, { by: 'dynamodb', operation, input });
    }
    const note = (answer: string) =>
      void calls.push({ by: 'dynamodb', operation: 'GetItem', input, sent: true, answer });
    return client.send(command).then(
      (output) => {
        note(output.Item === undefined ? 'no item' : 'an item');
        return output;
      },
      (error) => {
        note(errorName(error));
        throw error;
      },
    );
  };
}

function recordingPut(calls: RecordedCall[]): PutEvent {
  return async (event) => keep(calls, { by: 'eventbridge', event });
}

type Unsent = RecordedCall extends infer Call
  ? Call extends RecordedCall
    ? Omit<Call, 'sent'>
    : never
  : never;

function keep(calls: RecordedCall[], call: Unsent): never {
  calls.push({ ...call, sent: false } as RecordedCall);
  throw new NotSentError('not sent');
}
