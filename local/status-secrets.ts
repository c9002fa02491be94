import { STATUS_SECRET_NAMES } from '../auth0-actions/secret-names';
import { newestKeys, parseKeys } from '../events/key-ring';
import type { LocalRun } from './local-run';
import { readSecret } from './read-secret';

/**
 * What an operator gives the Action of the login, so that it may send people to the status page; nothing of a stack
 * without one.
 *
 * @param stack its outputs, with local addresses
 * @param tenantUrl where logins go on
 */
export async function statusSecretsOf(
  run: Pick<LocalRun, 'frontDoor' | 'clock'>,
  stack: Readonly<Record<string, string>>,
  tenantUrl: string,
): Promise<Record<string, string>> {
  const { StatusPageUrl: url, StatusSecretArn: arn, ReturnSecretArn: returnArn } = stack;
  if (url === undefined || arn === undefined || returnArn === undefined) return {};
  const keysIn = async (secretArn: string) =>
    newestKeys(parseKeys(await readSecret(run, secretArn)), run.clock.now()).map(({ secret }) => secret);
  return {
    [STATUS_SECRET_NAMES.url]: url,
    [STATUS_SECRET_NAMES.secret]: (await keysIn(arn))[0] ?? '',
    [STATUS_SECRET_NAMES.returnSecret]: (await keysIn(returnArn)).join(' '),
    [STATUS_SECRET_NAMES.origins]: tenantUrl,
  };
}
