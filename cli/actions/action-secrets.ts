import type { ActionDefinition } from '../../auth0-actions/actions';
import { readDestination } from '../../auth0-actions/emit/destination';
import { EMIT_CODES, NotEmitted } from '../../auth0-actions/emit/emit-codes';
import { SECRET_NAMES } from '../../auth0-actions/secret-names';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { readApiKeyValue } from '../keys/event-api-key';
import { readSigningSecret } from '../keys/signing-key';
import { outputOf } from '../target/outputs';
import { readInvitationSecret } from './invitation-secret';
import { readStatusSecrets } from './status-secrets';

export interface ActionSecret {
  readonly name: string;
  readonly value: string;
}

export type SecretsDeps = Pick<Deps, 'outputs' | 'secrets' | 'apiKeys' | 'now'>;

/**
 * What an Action is to know: where the API is, the newest enabled key of its usage plan, and the key of the issuer that signs now.
 * Never printed. Fails when the Action would refuse one of them, which nobody would see before a person signs up.
 */
export async function readActionSecrets(
  deps: SecretsDeps,
  {
    issuer,
    hasStatus = false,
    hasInvitations = false,
  }: Pick<ActionDefinition, 'issuer' | 'hasStatus' | 'hasInvitations'>,
): Promise<ActionSecret[]> {
  if (issuer === undefined) return [];
  const values = {
    [SECRET_NAMES.url]: outputOf(await deps.outputs(), 'EventApiUrl'),
    [SECRET_NAMES.apiKey]: await readApiKeyValue(deps),
    [SECRET_NAMES.signingSecret]: await readSigningSecret(deps, issuer),
    ...(hasStatus ? await readStatusSecrets(deps) : {}),
    ...(hasInvitations ? await readInvitationSecret(deps) : {}),
  };
  refuseUnusable(values);
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function refuseUnusable(secrets: Readonly<Record<string, string>>): void {
  try {
    readDestination({ secrets });
  } catch (error) {
    if (!(error instanceof NotEmitted)) throw error;
    const words = EMIT_CODES[error.code].replace(/\.$/, '');
    throw new CliError(error.code, words, 'The Action would refuse it: look at the outputs of the stack');
  }
}
