import type { UserEvent } from '../../../events/event-schema';
import type { EventType } from '../../../events/event-types';
import type { Intent } from '../../user-links/intent';
import { isVouchedFor, type TrustedConnections } from '../accounts/vouching';
import type { AcceptedEvent } from '../authenticity/accepted-event';
import { fingerprintOf } from './fingerprint';
import type { TargetAttribute } from './mapping';

/** What each type asks for. A type that is missing here is one that this version does not act on. */
const WANTS: Partial<Record<EventType, Intent['want']>> = {
  'user.registered': 'account',
  'user.logged-in': 'account',
  'user.created': 'account',
  'user.updated': 'account',
  'user.provision-requested': 'account',
  'invitation.accepted': 'account',
  'user.blocked': 'disabled',
  'user.unblocked': 'enabled',
  'user.deleted': 'gone',
  'user.erase-requested': 'erased',
  'link.due': 'due',
};

/** Types whose senders know the whole profile. */
const COMPLETE: ReadonlySet<EventType> = new Set([
  'user.registered',
  'user.logged-in',
  'user.created',
  'user.updated',
  'user.unblocked',
]);

/** Types that show the profile as it is, and so whether the user is blocked. */
const SHOWS_BLOCKED: ReadonlySet<EventType> = new Set(['user.created', 'user.updated']);

/** What the event wants of a link; undefined for a type that this version does not act on. */
export function wantOf({ type, data }: UserEvent): Intent['want'] | undefined {
  const { blocked } = data.user;
  // An update may come before the block or unblock that it came after.
  if (SHOWS_BLOCKED.has(type) && typeof blocked === 'boolean') return blocked ? 'disabled' : 'enabled';
  return WANTS[type];
}

interface IntentTerms {
  /** Of the mapping that made the attributes. */
  readonly revision: string;
  readonly trusted: TrustedConnections;
}

/** What the event wants, in the terms of one system. */
export function intentOf(
  { event, route, unsigned }: AcceptedEvent,
  want: Intent['want'],
  { revision, trusted }: IntentTerms,
  attributes: readonly TargetAttribute[],
): Omit<Intent, 'scope' | 'firstScope' | 'asking' | 'jit' | 'additive'> {
  const { type, time, data } = event;
  // Of an invitation we tell ourselves, with all that is known of who accepted it and what it brought.
  const isWhole = COMPLETE.has(type) && route !== 'store' && !unsigned;
  const complete = isWhole || type === 'invitation.accepted';
  return {
    want,
    // Clocks of different sources are compared only where the profile itself says nothing.
    version: Date.parse(data.user.updated_at ?? time),
    complete,
    vouched: isWhole && isVouchedFor(event, trusted),
    // What changed during a block is told by its end alone.
    tellsChange: type === 'user.updated' || type === 'user.unblocked',
    fingerprint: fingerprintOf(revision, attributes, { ofNew: false }),
    fingerprintOfNew: fingerprintOf(revision, attributes, { ofNew: true }),
  };
}
