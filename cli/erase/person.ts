import { addressOf } from '../../events/invitations/address-of';
import { erasureBound } from '../../lambdas/user-links/erasure-bound';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { Tenant } from '../actions/tenant';
import type { Deps } from '../deps';
import { refOf } from '../status/ref-of';
import { consumerQueuesOf, outputOf, systemsOf, takesEvents } from '../target/outputs';

/** Somebody who is to be erased, and what is known of them. */
export interface Person {
  readonly userId: string;
  readonly userRef: string;
  /** Systems of the stack, and those that the stack does not have any more where the user has a link. */
  readonly systems: readonly string[];
  /** Systems without links: they are told, and nobody can look. */
  readonly consumers: readonly string[];
  /** Systems without links that take no events any more: nobody can even tell them. */
  readonly retired: readonly string[];
  readonly links: readonly UserLink[];
  /** Every life that began then or before, ISO 8601. */
  readonly until: string;
  /** Whether Auth0 has the profile; undefined where it stays. */
  readonly profile?: 'there' | 'not-found';
  /** Their address in Auth0, where it was asked and somebody vouches for it. */
  readonly email?: string;
  /** Ids of the users that were linked to this one in Auth0. */
  readonly others: readonly string[];
}

export type PersonDeps = Pick<Deps, 'outputs' | 'links' | 'secrets' | 'now'>;

/** @param tenant absent where the profile stays */
export async function findPerson(
  userId: string,
  tenant: Pick<Tenant, 'user'> | undefined,
  deps: PersonDeps,
): Promise<Person> {
  const outputs = await deps.outputs();
  const userRef = await refOf({ userId }, outputs, deps);
  const [links, user] = await Promise.all([readLinks(userRef, deps), tenant?.user(userId)]);
  const email = addressOf(user);
  const unlinked = consumerQueuesOf(outputs).map(({ system }) => system);
  const systems = new Set([...systemsOf(outputs, undefined), ...links.map(({ system }) => system)]);
  return {
    ...{ userId, userRef, links, systems: [...systems].sort() },
    consumers: unlinked.filter((system) => takesEvents(outputs, system)),
    retired: unlinked.filter((system) => !takesEvents(outputs, system)),
    until: erasureBound(links, { isAsked: tenant !== undefined, createdAt: user?.created_at }, deps.now()),
    ...(tenant === undefined ? {} : { profile: user === undefined ? 'not-found' : 'there' }),
    ...(email !== undefined && { email }),
    others: othersOf(userId, user?.identities),
  };
}

/** The rows of a user as their writers know them. */
export async function readLinks(
  userRef: string,
  deps: Pick<Deps, 'outputs' | 'links'>,
): Promise<readonly UserLink[]> {
  const table = outputOf(await deps.outputs(), 'UserLinkTableName');
  return (await (await deps.links()).ofUser(table, userRef)) as unknown as UserLink[];
}

function othersOf(userId: string, identities: unknown): string[] {
  if (!Array.isArray(identities)) return [];
  return (identities as { provider?: unknown; user_id?: unknown }[])
    .map(({ provider, user_id }) => `${provider}|${user_id}`)
    .filter((id) => id !== userId);
}
