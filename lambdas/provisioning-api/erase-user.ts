import { buildEvent } from '../../events/build-event';
import type { ErasureAnswer } from '../../events/provisioning-api/schemas';
import { personOf } from '../invitations/api/person-of';
import { forgetPerson } from '../invitations/forget-person';
import { erasing, isErasedUntil } from '../user-links/erasure';
import { erasureBound } from '../user-links/erasure-bound';
import { type Erased, erasureClaim, markLink } from '../user-links/mark-link';
import type { UserLink } from '../user-links/user-link';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { digestOf } from './ask-event';
import { noted, type Tell } from './noted';
import type { Claims } from './token';
import { pathOfUser, userOfPath } from './user-path';

/** Most workers are through with what they have in hand by then; of the others the event is as good, only later. */
const PATIENCE_MS = 5_000;

/**
 * `POST /users/{id}/erasure`. Marks and asks as `punctual erase` does. What is parked of the person, the profile in
 * Auth0 and the certificate are that command's: run later, it goes on where this ends.
 */
export async function eraseUser(deps: ApiDeps, call: ApiCall, by: Claims): Promise<ApiAnswer> {
  const userId = userOfPath(call.path.id);
  const userRef = await deps.userRefOf(userId);
  const links = await deps.linksOf(userRef);
  const until = erasureBound(links, { isAsked: false }, deps.now());
  const person = { userId, userRef, until };
  await noted(deps, call, { by, act: 'api erase', subject: userRef }, (tell) =>
    begin(deps, call, person, tell),
  );
  const body: ErasureAnswer = {
    ...{ userRef, until },
    systems: [...deps.systems, ...deps.consumers].toSorted(),
    byHand: leftTo(deps, links, until),
  };
  return { status: 202, headers: { location: `/users/${pathOfUser(userId)}` }, body };
}

// Marked first: an event that is under way could else make the account anew before the request comes to the system.
async function begin(deps: ApiDeps, { requestId }: ApiCall, person: Erased, tell: Tell): Promise<void> {
  const { userId, userRef, until } = person;
  const at = deps.now();
  const eventId = `erase_${digestOf([userRef, until])}`;
  const isOver = () => deps.now() - at >= PATIENCE_MS;
  const mark = (system: string) => (link: UserLink | undefined) =>
    erasing(link, erasureClaim(person, { system, eventId }, deps.now()));
  const rows = {
    get: (system: string) => deps.links.get(userRef, system),
    ...{ replace: deps.links.claim, now: deps.now, pause: deps.pause, isOver },
  };
  await Promise.all(deps.systems.map((system) => markLink(system, mark(system), rows)));
  const invitations = await forgetInvitations(deps, person);
  tell({ systems: deps.systems.length, ...invitations });
  const event = buildEvent({
    ...{ id: eventId, source: 'urn:punctual:provisioning-api', at },
    ...{ type: 'user.erase-requested', user: { user_id: userId, created_at: until } },
  });
  await deps.publish(event, requestId);
}

// Before the profile goes: its address leads to those that nobody accepted.
async function forgetInvitations({ invitations: of }: ApiDeps, { userId, userRef, until }: Erased) {
  if (of === undefined) return {};
  return { invitations: await forgetPerson(of, await personOf(of, userId, userRef), until) };
}

// No event gets there: the stack does not have the system any more, or has retired it.
function leftTo({ systems }: ApiDeps, links: readonly UserLink[], until: string): string[] {
  return links
    .filter((link) => !systems.includes(link.system) && !isErasedUntil(link, until))
    .map(({ system }) => system)
    .toSorted();
}
