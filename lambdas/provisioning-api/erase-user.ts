import { buildEvent } from '../../events/build-event';
import type { ErasureAnswer } from '../../events/provisioning-api/schemas';
import { erasureBound } from '../user-links/erasure-bound';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { digestOf } from './ask-event';
import { pathOfUser, userOfPath } from './user-path';

/**
 * `POST /users/{id}/erasure`. The same event as `punctual erase` sends, to every system. What is parked of the person,
 * the profile in Auth0 and the certificate are that command's: run later, it goes on where this ends.
 */
export async function eraseUser(deps: ApiDeps, { path, requestId }: ApiCall): Promise<ApiAnswer> {
  const userId = userOfPath(path.id);
  const userRef = await deps.userRefOf(userId);
  const links = await deps.linksOf(userRef);
  const at = deps.now();
  const until = erasureBound(links, { isAsked: false }, at);
  const event = buildEvent({
    ...{ id: `erase_${digestOf([userRef, until])}`, source: 'urn:punctual:provisioning-api', at },
    ...{ type: 'user.erase-requested', user: { user_id: userId, created_at: until } },
  });
  await deps.publish(event, requestId);
  const systems = [...new Set([...deps.systems, ...links.map(({ system }) => system)])].toSorted();
  const body: ErasureAnswer = { userRef, until, systems };
  return { status: 202, headers: { location: `/users/${pathOfUser(userId)}` }, body };
}
