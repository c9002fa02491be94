/**
 * What a log line may say. There is no field for a person's data, a token or a free text, so no caller can log
 * one by mistake; `userRef` is the only name a user has here.
 */
export interface LogFields {
  readonly system?: string;
  /** Of a system that has several; never beside a userRef, as it says where somebody is. */
  readonly instance?: string;
  readonly type?: string;
  readonly outcome?: string;
  readonly code?: string;
  /** A path inside an event, such as `data.user.email`; never its value. */
  readonly detail?: string;
  readonly userRef?: string;
  /** Id of an invitation, which opens nothing. */
  readonly invitation?: string;
  readonly eventId?: string;
  readonly requestId?: string;
  readonly messageId?: string;
  readonly afterMs?: number;
  readonly durationMs?: number;
  readonly deliveries?: number;
  readonly count?: number;
  /** Class of an error; its message may quote data and is left out. */
  readonly error?: string;
}

export type LogLevel = 'info' | 'warn' | 'error';
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

// Ids are the sender's text. What is not plain is not repeated, and an address or a user id (`auth0|...`) is not.
const PLAIN = /^[\w .:/+=-]{1,256}$/;

/** A log of one JSON object per line. @param write takes one line without its end */
export function createLog(write: (line: string) => void, now: () => number): Log {
  return (level, message, fields = {}) => {
    const safe = Object.entries(fields).map(([name, value]) => [name, safeValue(value)]);
    write(
      JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...Object.fromEntries(safe) }),
    );
  };
}

/** `text` where it is plain, else a word that says it was not. */
export function safeText(text: string): string {
  return PLAIN.test(text) ? text : '(unsafe)';
}

const safeValue = (value: unknown): unknown => (typeof value === 'string' ? safeText(value) : value);

// Whoever throws can write anything into the name.
const CLASS_NAME = /^[A-Z][A-Za-z0-9]{0,63}$/;

/** The class name of whatever was thrown, if it looks like one. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const name: unknown = error.name;
  return typeof name === 'string' && CLASS_NAME.test(name) ? name : 'Error';
}
