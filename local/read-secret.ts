import type { LocalRun } from './local-run';

/** Reads a secret as a person with the AWS command line would. */
export async function readSecret(
  { frontDoor }: Pick<LocalRun, 'frontDoor'>,
  secretId: string,
): Promise<string> {
  const { SecretString } = await frontDoor.call<{ SecretString?: string }>({
    service: 'secretsmanager',
    operation: 'GetSecretValue',
    caller: 'operator',
    input: { SecretId: secretId },
  });
  return SecretString ?? '';
}
