import type { ApiKey } from '../aws/api-keys';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';

type KeyDeps = Pick<Deps, 'outputs' | 'apiKeys'>;

/** Every key of the event API's usage plan, newest first. */
export async function readApiKeys(deps: KeyDeps): Promise<ApiKey[]> {
  const plan = outputOf(await deps.outputs(), 'EventApiUsagePlanId');
  return (await deps.apiKeys()).ofPlan(plan);
}

/** What callers send as `x-api-key`: the newest enabled key; fails with `no-api-key`. */
export async function readApiKeyValue(deps: KeyDeps): Promise<string> {
  const current = (await readApiKeys(deps)).find(({ enabled }) => enabled);
  if (current !== undefined) return (await deps.apiKeys()).value(current.id);
  throw new CliError(
    'no-api-key',
    'The usage plan has no enabled key',
    'npx punctual rotate api-key makes one',
  );
}
