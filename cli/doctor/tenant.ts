import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import { type Finding, fail, ok } from './check';

/** Every tenant tells who it is at this address, to everybody. */
const PATH = '/.well-known/openid-configuration';

export async function lookAtTenant(deps: Pick<Deps, 'outputs' | 'fetch'>): Promise<Finding> {
  const outputs = await deps.outputs();
  const tenant = outputOf(outputs, 'Auth0Tenant');
  if (outputs.local !== undefined) return ok(`${tenant}, which the local run stands in for`);
  const answer = await deps.fetch(`https://${tenant}${PATH}`, { redirect: 'manual' }).catch(() => undefined);
  if (answer === undefined)
    return fail(`${tenant} does not answer`, 'Is the network there, and is this the domain of the tenant?');
  const { issuer } = (await answer.json().catch(() => ({}))) as { issuer?: string };
  if (answer.status === 200 && issuer === `https://${tenant}/`) return ok(tenant);
  return fail(
    `${tenant} is no tenant of Auth0`,
    'environments.<name>.tenant in punctual.config.ts is its own domain, not a custom one',
  );
}
