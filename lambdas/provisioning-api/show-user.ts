import type { UserView } from '../../events/provisioning-api/schemas';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { isPassedThrough } from './jit-switches';
import { linkViewOf } from './link-view';
import { ApiProblem } from './problem';
import { namedSubject, ownSubject, refuseGone, type Subject } from './subject';
import type { Claims } from './token';

/** `GET /me` */
export async function showMe(deps: ApiDeps, _call: ApiCall, claims: Claims): Promise<ApiAnswer> {
  const subject = await ownSubject(deps, claims);
  refuseGone(subject, 403);
  return { status: 200, body: userViewOf(deps, subject) };
}

/** `GET /users/{id}` */
export async function showUser(deps: ApiDeps, call: ApiCall): Promise<ApiAnswer> {
  const subject = await namedSubject(deps, call, {});
  if (subject.life.links.length === 0) throw new ApiProblem(404, 'user-unknown');
  return { status: 200, body: userViewOf(deps, subject) };
}

function userViewOf({ jit }: ApiDeps, { userId, userRef, profile, life }: Subject): UserView {
  const links = life.links.map(linkViewOf).toSorted((one, other) => (one.system < other.system ? -1 : 1));
  const { connection } = profile;
  return {
    ...{ id: userId, userRef },
    ...(connection && { connection, passThrough: isPassedThrough(jit, connection.name) }),
    links,
  };
}
