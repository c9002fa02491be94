import type { Response } from 'express';
import type { RemoteEffect, RemoteFault } from './remote-faults';

/** Sends the rest of an answer. */
export type Ending = (text: string) => void;

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

type ErrorAnswer = Partial<Omit<RemoteEffect & { effect: 'error' }, 'effect' | 'when'>>;

/** Answers with an error instead of what there is. */
export function answerWith(fault: ErrorAnswer, response: Response, now: number): void {
  const { status = 500, headers = {} } = fault;
  const body = JSON.stringify({ schemas: [ERROR_SCHEMA], status: String(status) });
  response.removeHeader('Content-Length');
  response.removeHeader('ETag');
  response.writeHead(status, {
    'Content-Type': 'application/scim+json',
    ...headers,
    ...retryAfter(fault, now),
  });
  response.end(body);
}

function retryAfter({ retryAfterSeconds, retryAfterAs }: ErrorAnswer, now: number): Record<string, string> {
  if (retryAfterSeconds === undefined) return {};
  const date = () => new Date(now + retryAfterSeconds * 1000).toUTCString();
  return { 'Retry-After': retryAfterAs === 'date' ? date() : String(retryAfterSeconds) };
}

/** The answer in another form, if it has any; undefined where the fault is none of form. */
export function shaped({ effect }: RemoteFault, answer: string): string | undefined {
  if (effect === 'malformed-json') return answer.slice(0, answer.length / 2);
  if (effect !== 'wrong-schema') return undefined;
  return answer === '' ? answer : '{"status":"ok","data":{"users":[]}}';
}

interface List {
  readonly Resources?: readonly { readonly id: string }[];
  readonly totalResults?: number;
}

/** The list that a search gives, as a server with this fault would give it. */
export function listAsTold(answer: string, fault: RemoteFault, ageMs: (accountId: string) => number): string {
  const list = JSON.parse(answer) as List;
  const { Resources = [], totalResults = Resources.length } = list;
  if (fault.effect === 'late-search') {
    const old = Resources.filter(({ id }) => ageMs(id) >= fault.lagSeconds * 1000);
    return JSON.stringify({ ...list, Resources: old, totalResults: old.length });
  }
  if (fault.effect === 'paging')
    return JSON.stringify({ ...list, Resources: Resources.slice(0, fault.size) });
  if (fault.effect !== 'more-results') return answer;
  return JSON.stringify({ ...list, totalResults: totalResults + fault.more });
}
