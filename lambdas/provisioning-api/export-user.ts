import type { ExportAnswer } from '../../events/provisioning-api/schemas';
import { keptOfLink } from '../user-links/kept-of-link';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { ApiProblem } from './problem';
import { userOfPath } from './user-path';

/** `GET /users/{id}/export` */
export async function exportUser(deps: ApiDeps, { path }: ApiCall): Promise<ApiAnswer> {
  const id = userOfPath(path.id);
  const userRef = await deps.userRefOf(id);
  const links = await deps.linksOf(userRef);
  if (links.length === 0) throw new ApiProblem(404, 'user-unknown');
  const body: ExportAnswer = {
    ...{ type: 'punctual.rows', version: 1, exportedAt: new Date(deps.now()).toISOString() },
    ...{ id, userRef, links: links.map((link) => ({ ...keptOfLink(link) })), notIncluded: ELSEWHERE },
  };
  return { status: 200, body };
}

/** What only an operator's command reads, and what nobody can be looked up in. */
const ELSEWHERE: ExportAnswer['notIncluded'] = [
  { what: 'messages that wait for an operator, and what operators did', where: 'punctual export' },
  { what: 'the profile in Auth0', where: 'punctual export, or the tenant' },
  { what: 'the accounts as the systems show them', where: 'each system, by the account id of its link' },
  { what: 'rows of profile tables', where: 'each service, by the user_id' },
];
