import { stateAt } from '../../events/invitations/invitation';
import { createInvitation } from '../invitations/api/create-invitation';
import type { InvitationDeps } from '../invitations/api/invitation-deps';
import { idInPath } from '../invitations/api/invitation-of';
import { listInvitations } from '../invitations/api/list-invitations';
import { resendInvitation } from '../invitations/api/resend-invitation';
import { revokeInvitation } from '../invitations/api/revoke-invitation';
import { showInvitation } from '../invitations/api/show-invitation';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { noted } from './noted';
import { ApiProblem } from './problem';
import { type Claims, isProgram } from './token';

type Handle = (deps: ApiDeps, call: ApiCall, claims: Claims) => Promise<ApiAnswer>;

/** The routes of invitations, which are none where no invitations are configured. */
export const INVITATION_HANDLERS = {
  invite: async (deps, call, claims) =>
    createInvitation(configured(deps), call, await creatorOf(deps, call, claims)),
  listInvitations: (deps, call) => listInvitations({ ...configured(deps), cursorKey: deps.cursorKey }, call),
  showInvitation: (deps, call) => showInvitation(configured(deps), call),
  resendInvitation: (deps, call, claims) => changing(deps, call, claims, 'api resend', resendInvitation),
  revokeInvitation: (deps, call, claims) => changing(deps, call, claims, 'api revoke', revokeInvitation),
} satisfies Readonly<Record<string, Handle>>;

function configured({ invitations }: ApiDeps): InvitationDeps {
  if (invitations === undefined) throw new ApiProblem(404, 'not-found');
  return invitations;
}

type Change = (deps: InvitationDeps, call: ApiCall) => Promise<ApiAnswer>;

// Who made an invitation is in its row; who changed it is not. The commands of operators leave rows of their own.
async function changing(deps: ApiDeps, call: ApiCall, by: Claims, act: string, change: Change) {
  const of = configured(deps);
  const subject = idInPath(call);
  const row = await of.invitations.get(subject);
  const isChanged = row !== undefined && stateAt(row, deps.now()) === 'open';
  if (call.operator !== undefined || !isChanged) return change(of, call);
  return noted(deps, call, { by, act, subject }, () => change(of, call));
}

// The id of a person may be their address, so that they are named as everywhere else. A program is no person.
async function creatorOf({ userRefOf }: ApiDeps, { operator }: ApiCall, claims: Claims): Promise<string> {
  if (operator !== undefined) return operator;
  const sub = String(claims.sub);
  return isProgram(claims) ? sub : userRefOf(sub);
}
