import { readText, readValue } from '../../events/read-value';
import type { ActionSettings } from '../action-settings';
import { isPassThrough } from '../connection-rule';
import { isInteractive } from '../post-login/is-interactive';
import type { Factor } from '../types';
import type { MfaSettings } from './mfa-settings';

const MOST = 100;
const NAME_LENGTH = 128;

/** Kinds that nobody sets up: Auth0 makes the one of a verified address, and the other with any first factor. */
const NOT_SET_UP: ReadonlySet<string> = new Set(['email', 'recovery-code']);

/** What is asked of the person. */
export interface Request {
  readonly what: 'challenge' | 'enroll';
  readonly factors: readonly Factor[];
}

/**
 * What is asked of the person at this login, if anything. Never a challenge for factors that they do not have, nor an
 * enrolment for those that they have: Auth0 fails a login for either.
 */
export function secondFactor(event: unknown, settings: ActionSettings): Request | undefined {
  const { mfa } = settings;
  if (mfa === undefined || !isInteractive(event) || isPassThrough(event, settings)) return undefined;
  if (!isConcerned(event, mfa) || isDone(event, mfa)) return undefined;
  const enrolled = namesIn(event, 'user.enrolledFactors', 'type');
  const usable = mfa.factors.filter((factor) => enrolled.includes(factor));
  if (usable.length > 0) return { what: 'challenge', factors: usable.map(toFactor) };
  const open = mfa.factors.filter((factor) => !NOT_SET_UP.has(factor) && !enrolled.includes(factor));
  if (mfa.policy === 'enrolled' || open.length === 0) return undefined;
  return { what: 'enroll', factors: open.map(toFactor) };
}

const toFactor = (type: string): Factor => ({ type });

function isConcerned(event: unknown, { connections }: MfaSettings): boolean {
  return connections === undefined || connections.includes(connectionOf(event));
}

// Of what an identity provider asked for, Auth0 hands nothing over: somebody has to say that it does.
function isDone(event: unknown, { upstream }: MfaSettings): boolean {
  const methods = namesIn(event, 'authentication.methods', 'name');
  if (methods.includes('mfa')) return true;
  return upstream === 'federated' ? methods.includes('federated') : upstream.includes(connectionOf(event));
}

function connectionOf(event: unknown): string {
  return readText(event, 'connection.name', NAME_LENGTH) ?? '';
}

function namesIn(event: unknown, path: string, field: string): string[] {
  const list = readValue(event, path);
  try {
    if (!Array.isArray(list)) return [];
    return list.slice(0, MOST).flatMap((one) => readText(one, field, NAME_LENGTH) ?? []);
  } catch {
    return [];
  }
}
