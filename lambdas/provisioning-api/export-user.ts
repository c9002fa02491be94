import { KEPT_ELSEWHERE, type NotIncluded } from '../../events/kept-elsewhere';
import type { ExportAnswer } from '../../events/provisioning-api/schemas';
import { personOf } from '../invitations/api/person-of';
import { invitationsOfPerson, keptOfInvitation } from '../invitations/invitations-of-person';
import { keptOfLink } from '../user-links/kept-of-link';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { noted } from './noted';
import { ApiProblem } from './problem';
import type { Claims } from './token';
import { userOfPath } from './user-path';

/** `GET /users/{id}/export`. Who reads everything about somebody leaves a trace, as who changes it does. */
export async function exportUser(deps: ApiDeps, call: ApiCall, by: Claims): Promise<ApiAnswer> {
  const id = userOfPath(call.path.id);
  const userRef = await deps.userRefOf(id);
  return noted(deps, call, { by, act: 'api export', subject: userRef }, async (tell) => {
    const links = await deps.linksOf(userRef);
    const invitations = await invitationsIn(deps, id, userRef);
    if (links.length === 0 && invitations.length === 0) throw new ApiProblem(404, 'user-unknown');
    tell({ links: links.length, ...(deps.invitations && { invitations: invitations.length }) });
    const body: ExportAnswer = {
      ...{ type: 'punctual.rows', version: 1, exportedAt: new Date(deps.now()).toISOString() },
      ...{ id, userRef, links: links.map((link) => ({ ...keptOfLink(link) })) },
      ...(deps.invitations && { invitations }),
      notIncluded: [...BY_COMMAND, ...KEPT_ELSEWHERE],
    };
    return { status: 200, body };
  });
}

async function invitationsIn({ invitations: of }: ApiDeps, userId: string, userRef: string) {
  if (of === undefined) return [];
  const rows = await invitationsOfPerson(of.invitations, await personOf(of, userId, userRef));
  return rows.map((row) => ({ ...keptOfInvitation(row) }));
}

/** What only an operator's command reads. */
const BY_COMMAND: readonly NotIncluded[] = [
  { what: 'messages that wait for an operator, and what operators did', where: 'punctual export' },
  { what: 'the profile in Auth0', where: 'punctual export, or the tenant' },
];
