import { CliError } from '../cli-error';
import type { Outputs } from '../target/outputs';

/** Fails with `no-invitations` where the stack has none. */
export function refuseWithoutInvitations({ stackName, values }: Outputs): void {
  if (values.InvitationTableName !== undefined) return;
  throw new CliError(
    'no-invitations',
    `The stack ${stackName} has no invitations`,
    'docs/invitations.md says how they are switched on',
  );
}
