import { buildEvent } from '../../events/build-event';
import type { EventUser, UserEvent } from '../../events/event-schema';
import { checkEvent } from '../../events/parse-event';
import { type ChangeBody, changeBody } from '../../events/provisioning-api/schemas';
import { readValue } from '../../events/read-value';
import { primaryConnectionOf } from '../../events/user-attributes';
import { linkedConnectionsOf, wholeProfileOf } from '../../events/whole-profile';
import type { Profile } from '../auth0/management-api';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { digestOf } from './ask-event';
import { ApiProblem } from './problem';
import { readBody } from './read-body';
import { knownSubject, ownSubject } from './subject';
import type { Claims } from './token';

/**
 * `PATCH /me`: what the person may change of themselves, written into Auth0 and told to the systems. What Auth0 answers is
 * the whole profile with the version that its event stream tells of as well, so that whichever comes later changes
 * nothing.
 */
export async function changeMe(deps: ApiDeps, call: ApiCall, claims: Claims): Promise<ApiAnswer> {
  const { user_metadata: wanted } = readBody(call.body, changeBody);
  const said = await ownSubject(deps, claims);
  const change = writerOf(deps, wanted);
  // Whether they are blocked or gone Auth0 knows best, and before anything is written.
  const { userId, userRef } = await knownSubject(deps, said, { isMissing: true, status: 403 });
  const profile = await change(userId, wanted);
  if (profile === undefined) throw new ApiProblem(403, 'user-deleted');
  await deps.publish(changedEvent(deps, userRef, profile), call.requestId);
  return { status: 200, body: { user_metadata: ownIn(deps, profile) } };
}

/** Refuses before anything is asked or written, whoever it is. */
function writerOf({ own, changeAuth0User }: ApiDeps, wanted: ChangeBody['user_metadata']) {
  const stranger = Object.keys(wanted).find((name) => !own.includes(name));
  if (stranger === undefined && changeAuth0User !== undefined) return changeAuth0User;
  const isName = stranger !== undefined && /^[A-Za-z0-9_-]{1,64}$/.test(stranger);
  throw new ApiProblem(403, 'not-yours', { detail: `body.user_metadata${isName ? `.${stranger}` : ''}` });
}

function changedEvent({ attributes = [], now }: ApiDeps, userRef: string, profile: Profile): UserEvent {
  const user = wholeProfileOf(profile, attributes);
  const connection = primaryConnectionOf(profile);
  const event = buildEvent({
    id: `self_${digestOf([userRef, user])}`,
    ...{ source: 'urn:punctual:provisioning-api', type: 'user.updated', at: now() },
    user: { ...user, user_id: String(profile.user_id) } as EventUser,
    ...(connection && { connection }),
    ...linkedConnectionsOf(profile),
  });
  const checked = checkEvent(event);
  if (checked.ok) return checked.event;
  // It is written, and the event stream tells of it.
  throw new ApiProblem(503, 'unavailable');
}

const ownIn = ({ own }: ApiDeps, profile: Profile): Record<string, unknown> =>
  Object.fromEntries(
    own.flatMap((name) => {
      const value = readValue(profile, `user_metadata.${name}`);
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
