import { LISTED_STATES } from '../../events/provisioning-api/listed-states';
import { type LinkList, listQuery } from '../../events/provisioning-api/schemas';
import type { UserLink } from '../user-links/user-link';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { createCursors } from './cursor';
import { linkViewOf } from './link-view';
import { ApiProblem } from './problem';
import { readAs } from './read-body';
import { pathOfUser } from './user-path';

const USUAL_LIMIT = 50;

/** `GET /links` */
export async function listLinks(deps: ApiDeps, { query }: ApiCall): Promise<ApiAnswer> {
  const { system, state, limit, cursor } = readAs('query', query, listQuery);
  if (!deps.systems.includes(system)) throw new ApiProblem(404, 'no-system');
  const listed = LISTED_STATES.find((one) => one === state);
  if (listed === undefined)
    throw new ApiProblem(400, 'not-listed', { detail: `state: ${LISTED_STATES.join(', ')}` });
  const cursors = createCursors(await deps.cursorKey(), [system, state]);
  const from = cursor === undefined ? { shard: 0 } : cursors.read(cursor);
  const page = await deps.unsettledPage({ system, state: listed, limit: Number(limit ?? USUAL_LIMIT), from });
  const next = page.next === undefined ? {} : { next: cursors.write(page.next) };
  const body: LinkList = { links: page.links.map(listedLink), ...next };
  return { status: 200, body };
}

// An account id may be the user's id or name, and nobody asked for this user.
function listedLink({ accountId: _account, ...link }: UserLink): LinkList['links'][number] {
  const { user_id, userRef } = link;
  return {
    ...linkViewOf(link as UserLink),
    userRef,
    ...(user_id !== undefined && { id: pathOfUser(user_id) }),
  };
}
