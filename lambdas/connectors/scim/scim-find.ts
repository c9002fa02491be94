import { type Found, RejectedError, RetryableError } from '../connector';
import { callScim, type ScimClientDeps } from './scim-client';
import { accountOf, type Resource } from './scim-resource';

/** Looks for accounts whose externalId equals ours exactly. */
export async function findByExternalId(deps: ScimClientDeps, externalId: string): Promise<Found> {
  // A SCIM filter quotes its value as a JSON string.
  const filter = encodeURIComponent(`externalId eq ${JSON.stringify(externalId)}`);
  const { json } = await callScim(deps, { method: 'GET', path: `/Users?filter=${filter}` });
  const { resources, totalResults } = listOf(json);
  if (resources.some((resource) => !matches(resource, externalId))) throw new RejectedError('filter-ignored');
  const ours = resources.filter((resource) => resource.externalId === externalId);
  const [first] = ours;
  if (ours.length > 1 || totalResults > resources.length) return { kind: 'many' };
  if (first === undefined) return { kind: 'none' };
  const account = accountOf(first, externalId);
  if (account === undefined) throw new RetryableError('remote-invalid-answer');
  return { kind: 'one', account };
}

// Servers that ignore the filter answer with everybody, and then "none of these is ours" would prove nothing.
// Servers that compare without case honour it, but what differs in case is another user's account.
function matches({ externalId }: Resource, wanted: string): boolean {
  return typeof externalId === 'string' && externalId.toLowerCase() === wanted.toLowerCase();
}

function listOf(json: unknown): { resources: Resource[]; totalResults: number } {
  const list = json as { totalResults?: unknown; Resources?: unknown } | null | undefined;
  const resources = list?.Resources ?? [];
  // RFC 7644 leaves Resources out when there are none, but totalResults is never optional.
  if (typeof list?.totalResults !== 'number' || !Array.isArray(resources)) {
    throw new RetryableError('remote-invalid-answer');
  }
  if (list.totalResults > 0 && resources.length === 0) throw new RetryableError('remote-invalid-answer');
  return { resources, totalResults: list.totalResults };
}
