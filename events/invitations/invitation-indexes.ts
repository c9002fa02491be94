import type { InvitationState } from './invitation';

/** The indexes of the invitation table. */
export const INVITATION_INDEXES = {
  /** By the reference of an address. */
  email: 'emailRef',
  /** By who redeemed it. */
  redeemedBy: 'redeemedBy',
  /** Of what the clock alone brings on. */
  due: 'due',
  /** By state, for lists. */
  listed: 'listed',
} as const;

/** A campaign makes thousands at once, and one key of DynamoDB takes 1,000 writes a second. */
const SHARDS = 4;

// An id is random, so that any character of it tells rows apart well enough.
const shardOf = (id: string) => `${id.charCodeAt(0) % SHARDS}`;

const ALL_SHARDS = Array.from({ length: SHARDS }, (_, shard) => `${shard}`);

/** The key under which the index holds an invitation that is due some time. */
export const dueKeyOfInvitation = shardOf;

/** The key under which it holds what failed again and again: nobody waits behind it, and it is counted. */
export const STUCK_INVITATIONS_KEY = 'stuck';

export const INVITATION_DUE_KEYS: readonly string[] = [...ALL_SHARDS, STUCK_INVITATIONS_KEY];

/** The key under which lists hold an invitation. */
export const listKeyOf = (state: InvitationState, id: string): string => `${state}#${shardOf(id)}`;

/** All keys of the list of one state. */
export const listKeysOf = (state: InvitationState): readonly string[] =>
  ALL_SHARDS.map((shard) => `${state}#${shard}`);
