import { INVITATION_SECRET_NAMES } from '../secret-names';
import { baseIn } from './status-secrets';

/** Base of the pages of invitations with a slash at its end; undefined where there are none. */
export function invitationUrlOf(event: unknown): string | undefined {
  return baseIn(event, INVITATION_SECRET_NAMES.url);
}
