import type { Intent } from '../../user-links/intent';
import type { UserLink } from '../../user-links/user-link';
import { askingOf } from '../asking';
import type { AcceptedEvent } from '../authenticity/accepted-event';
import type { AccountRequest } from '../connector';
import type { CommonDeps } from '../provision-deps';
import { intentOf } from './intent-of';
import { jitOf } from './jit';

/** What the event wants, by the configuration of the system. */
export function intentIn(
  deps: Pick<CommonDeps, 'mapping' | 'adoption' | 'scope' | 'provisionAt' | 'jit' | 'byInvitation'>,
  accepted: AcceptedEvent,
  want: Intent['want'],
  attributes: AccountRequest['attributes'],
): Intent {
  return {
    ...intentOf(accepted, want, intentTermsOf(deps, accepted), attributes),
    ...deps.scope(accepted),
    jit: jitOf(accepted, deps.jit),
    asking: askingOf(accepted.event.type, deps.provisionAt),
    additive: deps.byInvitation === true && accepted.event.data.invitation !== undefined,
  };
}

const intentTermsOf = (
  { mapping, adoption, byInvitation }: Pick<CommonDeps, 'mapping' | 'adoption' | 'byInvitation'>,
  { event }: AcceptedEvent,
) => ({
  // Of an invitation nothing ever changes.
  revision: byInvitation === true ? `${mapping.revision} ${event.data.invitation?.id}` : mapping.revision,
  trusted: adoption.trustVerifiedEmailFrom,
});

// An event may be news of the scope, or of a block, or ask for an account, and old as to the attributes. What it
// vouches for may no longer be the user's.
export function notOlder(intent: Intent, { version = 0, toldAt = 0 }: Partial<UserLink> = {}): Intent {
  const isOlder = !intent.additive && intent.version < Math.max(version, toldAt);
  return isOlder ? { ...intent, complete: false, vouched: false } : intent;
}
