import type { EventUser } from '../../../events/event-schema';
import { merging, noting, tombstone } from '../../user-links/transitions';
import { type Claim, endedOf, isLeased, type UserLink } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';

export interface MergeDeps {
  readonly system: string;
  readonly links: Pick<UserLinks, 'get' | 'claim'>;
  readonly userRefOf: (userId: string) => Promise<string>;
}

/**
 * Auth0 tells of a link between two users as a change of the one, which lists the other among its `identities`, and a
 * deletion of the other, in either order. Nobody left, so the other's account must not go: the link of a user who
 * became part of this one is held for an operator. One of whom nothing is known yet gets no account any more. False when
 * one of them is just being worked on.
 *
 * @param claim of `user`
 */
export async function noteMerges(deps: MergeDeps, claim: Claim, user: EventUser): Promise<boolean> {
  for (const userId of otherIdentitiesOf(user)) {
    const userRef = await deps.userRefOf(userId);
    const link = await deps.links.get(userRef, deps.system);
    const merged = link === undefined ? unknownPart(claim, userRef, user) : mergedBy(link, claim);
    if (merged === 'busy') return false;
    if (merged !== undefined && !(await deps.links.claim(merged, link))) return false;
  }
  return true;
}

function otherIdentitiesOf({ identities, user_id }: EventUser): string[] {
  if (!Array.isArray(identities)) return [];
  return identities.filter((id) => typeof id === 'string' && id !== user_id);
}

// Linking often follows a first login at once, so that this may come before the event that would make the account. The
// life of the other user ended when this profile was changed; one that begins later, after an unlinking, is a new one.
function unknownPart(claim: Claim, userRef: string, { updated_at }: EventUser): UserLink | undefined {
  if (updated_at === undefined) return undefined;
  return tombstone(undefined, { ...claim, userRef, generation: updated_at });
}

function mergedBy(link: UserLink, { userRef: primary, now }: Claim): UserLink | 'busy' | undefined {
  if (link.mergedInto === primary || endedOf(link) === 'erased') return undefined;
  // What a dead worker left must not hold up every change of the other user.
  if (isLeased(link, now)) return 'busy';
  // Once the account was switched off, its owner had every chance to say so.
  if (endedOf(link) === 'deleted') return link.next === 'disable' ? merging(link, now, primary) : undefined;
  return noting(link, now, { mergedInto: primary });
}
