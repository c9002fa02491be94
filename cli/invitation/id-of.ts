import { isInvitationId } from '../../events/invitations/invitation';
import { CliError } from '../cli-error';

/** An id as it was typed. What can be none, such as an address, comes into no audit row. */
export function idOf(typed: string): string {
  if (isInvitationId(typed)) return typed;
  throw new CliError(
    'invitation-unknown',
    'That is no id of an invitation',
    'npx punctual invitation list --email shows those to an address',
    1,
  );
}
