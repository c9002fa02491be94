import { STATUS_SECRET_NAMES } from '../../auth0-actions/secret-names';
import type { Deps } from '../deps';
import { keyTexts, newestKeyText } from '../keys/signing-key';
import { type Outputs, outputOf } from '../target/outputs';

/** What the Action at login is to know of the status page; nothing of a stack that is older than the page. */
export async function readStatusSecrets(
  deps: Pick<Deps, 'outputs' | 'secrets' | 'now'>,
): Promise<Record<string, string>> {
  const outputs = await deps.outputs();
  if (outputs.values.StatusPageUrl === undefined) return {};
  return {
    [STATUS_SECRET_NAMES.url]: outputOf(outputs, 'StatusPageUrl'),
    [STATUS_SECRET_NAMES.secret]: await newestKeyText(deps, 'StatusSecretArn'),
    [STATUS_SECRET_NAMES.returnSecret]: (await keyTexts(deps, 'ReturnSecretArn')).join(' '),
    [STATUS_SECRET_NAMES.origins]: originsOf(outputs),
  };
}

// In the local run the tenant itself is at an address of this machine.
function originsOf(outputs: Outputs): string {
  return outputs.local?.TenantUrl ?? outputOf(outputs, 'TenantOrigins');
}
