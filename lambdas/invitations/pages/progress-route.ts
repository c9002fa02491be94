import { type Answer, jsonAnswer } from '../../status/api/json-answer';
import { endOf } from './accept-route';
import type { FlowSession } from './flow-session';
import { type Granting, grantingBy } from './granting';
import { isLive, openedLink } from './opened-link';
import { goTo, pageAnswer, placeOf } from './page-answer';
import { inQuery, type PageCall } from './page-call';
import type { PageDeps } from './page-deps';

/** `over`: nobody waits any more. */
type Progress = Granting | 'over';

/**
 * `GET /progress`: whoever accepted waits until it is there, or until the deadline, and then goes to the application.
 *
 * A page leads there and no redirect: whoever saw the status page in their login came by its form, and browsers hold each
 * redirect after that against its policy, which names the tenant and these pages alone.
 */
export function createProgressRoute(deps: PageDeps): (call: PageCall) => Promise<Answer> {
  const { settings, now } = deps;
  return async (call) => {
    const link = await openedLink(deps, call, inQuery(call, 'flow'));
    if (!isLive(link)) return endOf(deps, call, link);
    const { session, destination } = link;
    const { redeemed, language, flow } = session;
    if (redeemed === undefined) return goTo(placeOf(settings, 'accept', flow));
    const standing = await progressOf(deps, session, redeemed);
    if (call.headers.accept === 'application/json') return jsonAnswer(200, { standing });
    const common = { language, brand: settings.brand, destination };
    if (standing === 'failed') return pageAnswer({ kind: 'failed', ...common });
    if (standing !== 'waiting') return pageAnswer({ kind: 'arrived', ...common });
    const progressUrl = placeOf(settings, 'progress', flow);
    return pageAnswer({ kind: 'redeemed', ...common, progressUrl, leftMs: redeemed.until - now() });
  };
}

async function progressOf(
  { linksOf, settings, now }: PageDeps,
  { person }: FlowSession,
  { since, until }: NonNullable<FlowSession['redeemed']>,
): Promise<Progress> {
  if (now() >= until) return 'over';
  return grantingBy(await linksOf(person?.userRef ?? ''), settings.grantingSystem, since);
}
