import type { Invitation } from '../../../events/invitations/invitation';
import { type InviteBody, inviteBody } from '../../../events/invitations/schemas';
import type { ApiAnswer, ApiCall } from '../../provisioning-api/api-call';
import { ApiProblem } from '../../provisioning-api/problem';
import { readBody } from '../../provisioning-api/read-body';
import { changeInvitation } from '../change-invitation';
import { comparedAddress } from '../email-ref';
import { forgottenSoon, revoked } from '../ending';
import type { InvitationDeps } from './invitation-deps';
import { invitationViewOf } from './invitation-view';
import { newInvitation } from './new-invitation';
import { queueMail } from './queue-mail';

/** As the draft of the header at the IETF has it: a text that the caller makes up, anew for each invitation. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * `POST /invitations`. The same key with the same body is the same invitation, however often it is sent: who lost the
 * answer asks again. Nobody is ever told the token.
 *
 * @param createdBy the program, the userRef of the person, or the operator who invites
 */
export async function createInvitation(
  deps: InvitationDeps,
  call: ApiCall,
  createdBy: string,
): Promise<ApiAnswer> {
  const body = readBody(call.body, inviteBody);
  const emailRef = await deps.emailRefOf(body.email);
  const idempotency = await idempotencyOf(deps, call, { body, createdBy });
  const id = idempotency === undefined ? deps.newId() : idempotency.key.slice(0, 22);
  const asked = { id, body, emailRef, createdBy, now: deps.now(), ...(idempotency && { idempotency }) };
  const row = newInvitation(asked, deps.terms);
  if (await deps.invitations.insert(row)) return answerOf(deps, 201, await sent(deps, row));
  const before = await deps.invitations.get(id);
  if (before?.idempotency === undefined || before.idempotency.body !== idempotency?.body)
    throw new ApiProblem(409, 'idempotency-mismatch', { detail: 'header.idempotency-key' });
  // Whoever asked first may have come no further than this.
  return answerOf(deps, 200, before.mail === undefined ? await queueMail(deps, before) : before);
}

// Who has a key asks again. Without one nobody will, and nothing is to be left of what nobody was told of.
async function sent(deps: InvitationDeps, row: Invitation): Promise<Invitation> {
  try {
    return await queueMail(deps, row);
  } catch (error) {
    if (row.idempotency === undefined) await withdraw(deps, row.id).catch(() => undefined);
    throw error;
  }
}

const withdraw = ({ invitations, now }: InvitationDeps, id: string) =>
  changeInvitation(invitations, id, (row) => {
    const closed = row.mail === undefined ? revoked(row, now(), 0) : undefined;
    return closed && forgottenSoon(closed);
  });

async function idempotencyOf(
  { digestOf }: InvitationDeps,
  { headers, operator }: ApiCall,
  { body, createdBy }: { readonly body: InviteBody; readonly createdBy: string },
): Promise<Invitation['idempotency']> {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (!KEY.test(key)) throw new ApiProblem(400, 'invalid-request', { detail: 'header.idempotency-key' });
  // An operator has another ARN with each session, and colleagues go on with what one of them began.
  const caller = operator === undefined ? createdBy : 'operator';
  return {
    key: await digestOf(`idempotency ${JSON.stringify([caller, key])}`),
    body: await digestOf(
      `invitation ${JSON.stringify(inOrder({ ...body, email: comparedAddress(body.email) }))}`,
    ),
  };
}

// The order of names is nobody's intention.
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, inOrder(one)] as const);
  return entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

const answerOf = ({ now }: InvitationDeps, status: number, row: Invitation): ApiAnswer => ({
  ...{ status, headers: { location: `/invitations/${row.id}` } },
  body: { invitation: invitationViewOf(row, now()) },
});
