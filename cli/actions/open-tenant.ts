import { styled } from '../../terminal/line';
import type { Deps } from '../deps';
import { answeringFetch } from './answering-fetch';
import { patientFetch } from './patient-fetch';
import type { Tenant } from './tenant';
import { tenantAccess } from './tenant-access';

export type TenantDeps = Pick<Deps, 'outputs' | 'environment' | 'fetch' | 'pause' | 'stopping' | 'screen'>;

/** The tenant of the stack; `hide` are texts that no error may repeat. */
export async function openTenant(deps: TenantDeps, hide: readonly string[] = []): Promise<Tenant> {
  const access = tenantAccess(await deps.outputs(), deps);
  const onWait = (milliseconds: number) => {
    const words = `  … Auth0 asks to wait ${Math.ceil(milliseconds / 1000)} s`;
    deps.screen.print([styled('dim', words)]);
  };
  const fetch = patientFetch(answeringFetch(access.fetch), { ...deps, onWait, isOfTheMoment });
  return auth0().createAuth0Tenant({ ...access, fetch, hide });
}

/** A list of bindings is made of the one that was read a moment ago. */
function isOfTheMoment(url: string, method: string): boolean {
  return method === 'PATCH' && new URL(url).pathname.endsWith('/bindings');
}

// Its SDK takes longer to load than most commands take.
const auth0 = () => require('./auth0-tenant') as typeof import('./auth0-tenant');
