import { userRefOf } from '../../events/user-ref';
import type { Deps } from '../deps';
import { type Outputs, outputOf } from '../target/outputs';

/** Whom a command is asked about: by their id in Auth0, or by the userRef of a log line. */
export interface AskedUser {
  readonly userId?: string | undefined;
  readonly ref?: string | undefined;
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
