import type { Tenant } from '../actions/tenant';
import type { AuthProfile } from '../certificate/certificate';
import type { Deps } from '../deps';
import type { Person } from './person';

/** Last, because the profile is what an erasure that fails half way is found and begun again by. */
export async function endProfile(
  { userId, profile }: Person,
  tenant: Tenant | undefined,
  { now }: Pick<Deps, 'now'>,
): Promise<AuthProfile> {
  const at = () => new Date(now()).toISOString();
  if (tenant === undefined) return { profile: 'kept', at: at() };
  // An answer that was lost, or one that came before, is as good: nobody is there in the end.
  await tenant.removeUser(userId);
  if ((await tenant.user(userId)) !== undefined) await tenant.removeUser(userId);
  return { profile: profile === 'there' ? 'deleted' : 'not-found', at: at() };
}
