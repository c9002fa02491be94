import type { EventUser } from '../../events/event-schema';
import { merging, noting } from '../user-links/transitions';
import { endedOf, type UserLink } from '../user-links/user-link';
import type { UserLinks } from '../user-links/user-link-repository';

export interface MergeDeps {
  readonly system: string;
  readonly links: Pick<UserLinks, 'get' | 'claim'>;
  readonly userRefOf: (userId: string) => Promise<string>;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Auth0 tells of a link between two users as a change of the one, which lists the other among its `identities`, and a
 * deletion of the other, in either order. Nobody left, so the other's account must not go: the link of a user who
 * became part of this one is held for an operator. False when one of them is just being worked on.
 *
 * @param primary userRef of `user`
 */
export async function noteMerges(deps: MergeDeps, primary: string, user: EventUser): Promise<boolean> {
  for (const userId of otherIdentitiesOf(user)) {
    const link = await deps.links.get(await deps.userRefOf(userId), deps.system);
    const merged = link === undefined ? undefined : mergedBy(link, primary, deps.now());
    if (merged === 'busy') return false;
    if (merged !== undefined && !(await deps.links.claim(merged, link))) return false;
  }
  return true;
}

function otherIdentitiesOf({ identities, user_id }: EventUser): string[] {
  if (!Array.isArray(identities)) return [];
  return identities.filter((id) => typeof id === 'string' && id !== user_id);
}

function mergedBy(link: UserLink, primary: string, now: number): UserLink | 'busy' | undefined {
  if (link.mergedInto === primary || endedOf(link) === 'erased') return undefined;
  if (link.lease !== undefined) return 'busy';
  // Once the account was switched off, its owner had every chance to say so.
  if (endedOf(link) === 'deleted') return link.next === 'disable' ? merging(link, now, primary) : undefined;
  return noting(link, now, { mergedInto: primary });
}
