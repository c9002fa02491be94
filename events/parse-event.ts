import { isAccountId } from './account-id';
import type { EventCode } from './codes';
import { type EventUser, eventSchema, type UserEvent } from './event-schema';
import { parseJson } from './parse-json';
import { isUserId } from './user-id';

/** A typed event, or what is wrong with it and where. `path` never holds a value of the event. */
export type ParsedEvent =
  | { readonly ok: true; readonly event: UserEvent }
  | { readonly ok: false; readonly code: EventCode; readonly path: string };

const fails = (code: EventCode, path = ''): ParsedEvent => ({ ok: false, code, path });

/** Turns the body of a message into an event. Never throws. */
export function parseEvent(body: string): ParsedEvent {
  const json = parseJson(body);
  return json === undefined ? fails('malformed-json') : checkEvent(json);
}

/** Checks an already decoded event. Never throws. */
export function checkEvent(candidate: unknown): ParsedEvent {
  const result = eventSchema.safeParse(candidate);
  if (!result.success) return firstFault(result.error.issues.map((issue) => issue.path.map(String)));
  return checkMeaning(result.data);
}

// A fault in the envelope explains the ones below it, so the shortest path is the one to report.
function firstFault(paths: string[][]): ParsedEvent {
  const [path = []] = paths.toSorted((a, b) => a.length - b.length);
  return fails(codeOfPath(path), safePath(path));
}

function codeOfPath([first, second, third]: string[]): EventCode {
  if (first === 'type') return 'unknown-type';
  if (first === 'time') return 'invalid-time';
  if (first !== 'data' || second !== 'user' || third === undefined) return 'invalid-envelope';
  return third === 'user_id' ? 'invalid-user-id' : 'invalid-attribute';
}

function checkMeaning(event: UserEvent): ParsedEvent {
  if (!isTimestamp(event.time)) return fails('invalid-time', 'time');
  const { user } = event.data;
  if (!isUserId(user.user_id)) return fails('invalid-user-id', 'data.user.user_id');
  for (const field of ['created_at', 'updated_at'] as const) {
    if (user[field] !== undefined && !isTimestamp(user[field]))
      return fails('invalid-time', `data.user.${field}`);
  }
  return checkAttributeNames(user) ?? checkSignOff(event) ?? { ok: true, event };
}

// What names an account says which one, and in which system: for all others it would be nobody's.
function checkSignOff({ type, data }: UserEvent): ParsedEvent | undefined {
  if (type !== 'account.linked') return undefined;
  if (data.system === undefined) return fails('invalid-envelope', 'data.system');
  const isNamed = data.accountId !== undefined && isAccountId(data.accountId);
  return isNamed ? undefined : fails('invalid-envelope', 'data.accountId');
}

function checkAttributeNames(user: EventUser): ParsedEvent | undefined {
  const name = Object.keys(user).find((key) => !/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(key));
  return name === undefined ? undefined : fails('invalid-attribute', safePath(['data', 'user', name]));
}

// Names come from the sender too: what is not a plain name is not repeated in logs and answers.
function safePath(path: string[]): string {
  return path.map((part) => (/^[A-Za-z0-9_-]{1,64}$/.test(part) ? part : '?')).join('.');
}

function isTimestamp(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}
