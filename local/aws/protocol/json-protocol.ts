import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error';
import type { DoorAnswer, DoorRequest } from '../front-door';
import type { ServiceOutput } from '../service';

export function readJson({ headers, body }: DoorRequest): {
  operation: string;
  input: Record<string, unknown>;
} {
  const operation = (headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  try {
    return { operation, input: body === '' ? {} : JSON.parse(body) };
  } catch {
    throw new AwsError('SerializationException', 'The body is no JSON.');
  }
}

export function writeJson(
  { json, body, headers, status = 200 }: ServiceOutput,
  request: DoorRequest,
): DoorAnswer {
  const text = body ?? JSON.stringify(json);
  return { status, headers: { ...headersOf(request), ...headers }, body: text };
}

export function writeJsonError(error: AwsError, request: DoorRequest): DoorAnswer {
  const body = JSON.stringify({ ...error.details.body, __type: error.code, message: error.message });
  // SDKs of SQS take the error's name from this header of its old protocol; others ignore it.
  const queryError = `${error.details.queryCode ?? error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`;
  const headers = { ...headersOf(request), 'x-amzn-errortype': error.code, 'x-amzn-query-error': queryError };
  return { status: error.status, headers, body };
}

function headersOf({ headers }: DoorRequest): Record<string, string> {
  return {
    'content-type': headers['content-type'] ?? 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  };
}
