import { userRefOf } from '../../events/user-ref';
import { usageError } from '../cli-error';
import type { Deps } from '../deps';
import { type Outputs, outputOf } from '../target/outputs';

/** Whom a command is asked about: by their id in Auth0, or by the userRef of a log line. */
export interface AskedUser {
  readonly userId?: string | undefined;
  readonly ref?: string | undefined;
}

/** @param command as it is typed */
export function refuseUnlessOne({ userId, ref }: AskedUser, command: string): void {
  if ((userId === undefined) !== (ref === undefined)) return;
  throw usageError('Give a user id, or --ref', `npx punctual ${command} --help has examples`);
}

export async function refOf(
  { userId = '', ref }: AskedUser,
  outputs: Outputs,
  { secrets }: Pick<Deps, 'secrets'>,
): Promise<string> {
  if (ref !== undefined) return ref;
  const pepper = await (await secrets()).read(outputOf(outputs, 'UserRefPepperArn'));
  return userRefOf(pepper, outputOf(outputs, 'Auth0Tenant'), userId);
}
