import { readDestination } from '../../auth0-actions/emit/destination';
import { EMIT_CODES, NotEmitted } from '../../auth0-actions/emit/emit-codes';
import { SECRET_NAMES } from '../../auth0-actions/secret-names';
import { newestKey, parseKeys } from '../../events/key-ring';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type Outputs, outputOf } from '../target/outputs';

export interface ActionSecret {
  readonly name: string;
  readonly value: string;
}

/**
 * What an Action is to know: where the API is, the newest enabled key of its usage plan, and the key that signs now.
 * Never printed. Fails when the Action would refuse one of them, which nobody would see before a person signs up.
 */
export async function readActionSecrets(
  outputs: Outputs,
  deps: Pick<Deps, 'secrets' | 'apiKeys' | 'now'>,
): Promise<ActionSecret[]> {
  const values = {
    [SECRET_NAMES.url]: outputOf(outputs, 'EventApiUrl'),
    [SECRET_NAMES.apiKey]: await readApiKey(outputOf(outputs, 'EventApiUsagePlanId'), deps),
    [SECRET_NAMES.signingSecret]: await readSigningSecret(outputOf(outputs, 'SigningSecretArn'), deps),
  };
  refuseUnusable(values);
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

async function readApiKey(planId: string, { apiKeys }: Pick<Deps, 'apiKeys'>): Promise<string> {
  const keys = await apiKeys();
  const newest = (await keys.ofPlan(planId)).find(({ enabled }) => enabled);
  if (newest !== undefined) return keys.value(newest.id);
  throw new CliError('no-api-key', 'The usage plan has no enabled API key', 'Make one with rotate api-key');
}

async function readSigningSecret(
  arn: string,
  { secrets, now }: Pick<Deps, 'secrets' | 'now'>,
): Promise<string> {
  const key = newestKey(parseRing(await (await secrets()).read(arn)), now());
  if (key !== undefined) return key.secret.startsWith('whsec_') ? key.secret : `whsec_${key.secret}`;
  throw unusableRing();
}

function parseRing(text: string): ReturnType<typeof parseKeys> {
  try {
    return parseKeys(text);
  } catch {
    throw unusableRing();
  }
}

function unusableRing(): CliError {
  const hint = 'Make a new one with rotate signing-secret';
  return new CliError('no-signing-key', 'The signing secret holds no key that is valid now', hint);
}

function refuseUnusable(secrets: Readonly<Record<string, string>>): void {
  try {
    readDestination({ secrets });
  } catch (error) {
    if (!(error instanceof NotEmitted)) throw error;
    throw new CliError(
      error.code,
      EMIT_CODES[error.code].replace(/\.$/, ''),
      'Look at the outputs of the stack',
    );
  }
}
