import type { Deps } from '../deps';
import { type ApiDeps, callApi } from './call-api';

interface Whose {
  readonly userId: string;
  /** Of their profile, null where nobody vouches for one; Auth0 is asked for it when left out. */
  readonly email?: string | null | undefined;
}

const routes = () =>
  require('../../events/provisioning-api/operator-routes') as typeof import('../../events/provisioning-api/operator-routes');

const pathOf = (userId: string) => ({ id: Buffer.from(userId, 'utf8').toString('base64url') });

/** False of a stack in which nobody is invited. */
export const hasInvitations = async ({ outputs }: Pick<Deps, 'outputs'>): Promise<boolean> =>
  (await outputs()).values.InvitationTableName !== undefined;

/** Takes a person out of all invitations; gives how many it was. */
export async function forgetInvitations(
  { userId, email }: Whose,
  until: string,
  deps: ApiDeps,
): Promise<number> {
  const { OPERATOR_ROUTES, forgetAnswer } = routes();
  const body = { until, ...(email !== undefined && { email }) };
  const call = { route: OPERATOR_ROUTES.forgetInvitations, path: pathOf(userId), body };
  return (await callApi(call, forgetAnswer, deps)).forgotten;
}

/** What is kept of the invitations of a person, and of those to their address. */
export async function readInvitations({ userId, email }: Whose, deps: ApiDeps): Promise<object[]> {
  const { OPERATOR_ROUTES, exportInvitationsAnswer } = routes();
  const body = email === undefined ? {} : { email };
  const call = { route: OPERATOR_ROUTES.exportInvitations, path: pathOf(userId), body };
  return (await callApi(call, exportInvitationsAnswer, deps)).invitations;
}
