import { INVITATION_SECRET_NAMES } from '../../auth0-actions/secret-names';
import type { Deps } from '../deps';

/** Where the Action at login redeems invitations; nothing of a stack without any. */
export async function readInvitationSecret({
  outputs,
}: Pick<Deps, 'outputs'>): Promise<Record<string, string>> {
  const { InvitationPageUrl: url } = (await outputs()).values;
  return url === undefined ? {} : { [INVITATION_SECRET_NAMES.url]: url };
}
