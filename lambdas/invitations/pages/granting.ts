import { needsSomebody } from '../../../events/link-state';
import { isAtWork } from '../../../events/readiness';
import { lookUntil } from '../../runtime/look-until';
import type { UserLink } from '../../user-links/user-link';
import type { PageDeps } from './page-deps';

/** What has come of what an invitation grants. */
export type Granting = 'waiting' | 'ready' | 'failed';

/** By the link in the system that gives it out. What it says of before `since` (epoch ms) is no answer. */
export function grantingBy(links: readonly UserLink[], system: string, since: number): Granting {
  const link = links.find((one) => one.system === system);
  if (link === undefined || Date.parse(link.updatedAt) < since || isAtWork(link)) return 'waiting';
  if (link.state === 'linked') return 'ready';
  return needsSomebody(link.state) ? 'failed' : 'waiting';
}

/** Waits until it is known, and until `until` (epoch ms) at most. */
export function waitForGranting(
  { linksOf, settings, pause, now }: Pick<PageDeps, 'linksOf' | 'settings' | 'pause' | 'now'>,
  userRef: string,
  since: number,
  until: number,
): Promise<Granting> {
  const look = async () => grantingBy(await linksOf(userRef), settings.grantingSystem, since);
  return lookUntil({ look, pause, now }, (granting) => granting !== 'waiting', until);
}
