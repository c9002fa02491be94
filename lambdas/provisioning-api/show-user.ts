import type { Invitation } from '../../events/invitations/invitation';
import type { UserView } from '../../events/provisioning-api/schemas';
import { readinessOf } from '../../events/readiness';
import { ownInvitationOf } from '../invitations/api/invitation-view';
import { standingRowOf } from '../status/standing-row-of';
import { ageOf } from '../user-links/user-link';
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
  const invitations = await ownInvitations(deps, subject);
  return { status: 200, body: { ...userViewOf(deps, subject), ...(invitations && { invitations }) } };
}

// What an earlier life accepted is nothing of this one.
async function ownInvitations({ invitations: of }: ApiDeps, { userRef, life }: Subject) {
  if (of === undefined) return undefined;
  const { rows } = await of.invitations.ofUser({ key: userRef, limit: MOST_INVITATIONS });
  const isOfLife = ({ generation }: Invitation) =>
    ageOf({ generation: generation ?? '' }, life.generation === undefined ? {} : life) === 'same';
  return rows.filter(isOfLife).map(ownInvitationOf);
}

/** Nobody accepts more; whoever does sees the latest. */
const MOST_INVITATIONS = 50;

/** `GET /users/{id}` */
export async function showUser(deps: ApiDeps, call: ApiCall): Promise<ApiAnswer> {
  const subject = await namedSubject(deps, call, {});
  if (subject.life.links.length === 0) throw new ApiProblem(404, 'user-unknown');
  return { status: 200, body: userViewOf(deps, subject) };
}

function userViewOf(deps: ApiDeps, subject: Subject): UserView {
  const { userId, userRef, profile, life } = subject;
  const links = life.links.map(linkViewOf).toSorted((one, other) => (one.system < other.system ? -1 : 1));
  const { connection } = profile;
  return {
    ...{ id: userId, userRef },
    ...(connection && { connection, passThrough: isPassedThrough(deps.jit, connection.name) }),
    ready: isReady(deps, subject),
    links,
  };
}

// As the status page says it, of the same rows.
function isReady({ expected, now }: ApiDeps, { profile, life }: Subject): boolean {
  const { generation, links } = life;
  const seenFrom = generation === undefined ? undefined : { generation };
  const rows = links.flatMap((link) => standingRowOf(link, seenFrom, now()) ?? []);
  const { settled, failed } = readinessOf(rows, expected(profile.connection?.name));
  return settled && failed.length === 0;
}
