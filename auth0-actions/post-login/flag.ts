import { readText, readValue } from '../../events/read-value';
import type { PostLoginApi } from '../types';

/** Where Auth0 keeps it with the user. */
const KEY = 'punctual';
const REV_LENGTH = 64;

/** What we know of a user without asking anybody. */
export interface Flag {
  /** Of the rule that it was asked for by. */
  readonly rev: string;
  /** `requested`: the API took the event. `ready`: it was said that every system is settled. */
  readonly state: 'requested' | 'ready';
}

/** The user's flag; whatever else is there is none. */
export function readFlag(event: unknown): Flag | undefined {
  const rev = readText(event, `user.app_metadata.${KEY}.rev`, REV_LENGTH);
  const state = readValue(event, `user.app_metadata.${KEY}.state`);
  return rev !== undefined && (state === 'requested' || state === 'ready') ? { rev, state } : undefined;
}

/** Writes it where it is another one: each write is a call of the tenant's to its own store, and limited. */
export function writeFlag(event: unknown, { user }: Pick<PostLoginApi, 'user'>, flag: Flag): void {
  const before = readFlag(event);
  if (before?.rev === flag.rev && before.state === flag.state) return;
  user.setAppMetadata(KEY, { rev: flag.rev, state: flag.state });
}
