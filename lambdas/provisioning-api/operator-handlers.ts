import { forgetBody, OPERATOR_ROUTES } from '../../events/provisioning-api/operator-routes';
import type { InvitationDeps } from '../invitations/api/invitation-deps';
import { forgetPerson } from '../invitations/forget-person';
import { invitationsOfPerson, keptOfInvitation } from '../invitations/invitations-of-person';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { ApiProblem } from './problem';
import { readBody } from './read-body';
import { userOfPath } from './user-path';

type Handle = (deps: ApiDeps, call: ApiCall) => Promise<ApiAnswer>;

/** What `punctual erase` and `punctual export` have done here, whose audit row says so. No route of the API leads here. */
export const OPERATOR_HANDLERS: Readonly<Record<string, Handle>> = {
  async [OPERATOR_ROUTES.exportInvitations](deps, call) {
    const { invitations, person } = await personIn(deps, call);
    const rows = await invitationsOfPerson(invitations.invitations, person);
    return { status: 200, body: { invitations: rows.map((row) => ({ ...keptOfInvitation(row) })) } };
  },
  async [OPERATOR_ROUTES.forgetInvitations](deps, call) {
    const { invitations, person, until } = await personIn(deps, call);
    const at = until ?? new Date(deps.now()).toISOString();
    return { status: 200, body: { forgotten: await forgetPerson(invitations, person, at) } };
  },
};

// The address of whoever calls counts before what Auth0 is asked for: they have it of the same profile.
async function personIn({ invitations, userRefOf }: ApiDeps, call: ApiCall) {
  if (invitations === undefined) throw new ApiProblem(404, 'not-found');
  const userId = userOfPath(call.path.id);
  const { email, until } = readBody(call.body, forgetBody);
  const address = email === undefined ? await addressIn(invitations, userId) : email;
  const emailRef = address ? await invitations.emailRefOf(address) : undefined;
  return { invitations, until, person: { userRef: await userRefOf(userId), emailRef } };
}

// Whoever goes on without it certifies that a person is erased whose address an invitation still has.
const addressIn = ({ emailOf }: Pick<InvitationDeps, 'emailOf'>, userId: string) =>
  emailOf(userId).catch(() => {
    throw new ApiProblem(503, 'auth0-unavailable');
  });
