import { createHash } from 'node:crypto';
import type { Credentials } from './front-door';

/** Who calls with credentials that the run has not given out. */
export const OPERATOR = 'operator';

/** Gives every caller its own access key, and finds the caller of a key. */
export interface CallerRegistry {
  credentialsFor(caller: string): Credentials;
  callerOf(accessKeyId: string | undefined): string;
}

export function createCallerRegistry(): CallerRegistry {
  const callers = new Map<string, string>();
  return {
    credentialsFor(caller) {
      const hash = createHash('sha256').update(caller).digest('hex');
      const accessKeyId = `LKIA${hash.slice(0, 16).toUpperCase()}`;
      callers.set(accessKeyId, caller);
      return { accessKeyId, secretAccessKey: hash.slice(16, 56) };
    },
    callerOf: (accessKeyId) => callers.get(accessKeyId ?? '') ?? OPERATOR,
  };
}
