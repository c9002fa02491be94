import {
  type AccountRequest,
  type Connector,
  type Created,
  type Found,
  RejectedError,
  RetryableError,
} from '../connector';
import { callScim, type ScimClientDeps } from './scim-client';
import { toScimUser } from './scim-mapping';

/** A system that speaks SCIM 2.0 (RFC 7643, RFC 7644). */
export function createScimConnector(deps: ScimClientDeps): Connector {
  return { find: (request) => find(deps, request), create: (request) => create(deps, request) };
}

async function find(deps: ScimClientDeps, { externalId }: AccountRequest): Promise<Found> {
  // A SCIM filter quotes its value as a JSON string.
  const filter = encodeURIComponent(`externalId eq ${JSON.stringify(externalId)}`);
  const { json } = await callScim(deps, 'GET', `/Users?filter=${filter}`);
  const { resources, totalResults } = listOf(json);
  if (resources.some((resource) => !matches(resource, externalId))) throw new RejectedError('filter-ignored');
  const ours = resources.filter((resource) => resource.externalId === externalId);
  const [first] = ours;
  if (ours.length > 1 || totalResults > resources.length) return { kind: 'many' };
  if (first === undefined) return { kind: 'none' };
  const accountId = idOf(first);
  if (accountId === undefined) throw new RetryableError('remote-invalid-answer');
  return { kind: 'one', accountId };
}

// Servers that ignore the filter answer with everybody, and then "none of these is ours" would prove nothing.
// Servers that compare without case honour it, but what differs in case is another user's account.
function matches({ externalId }: ListedResource, wanted: string): boolean {
  return typeof externalId === 'string' && externalId.toLowerCase() === wanted.toLowerCase();
}

async function create(deps: ScimClientDeps, request: AccountRequest): Promise<Created> {
  const { status, json } = await callScim(deps, 'POST', '/Users', toScimUser(request));
  if (status === 409) return { kind: 'exists' };
  const accountId = idOf(json);
  return accountId === undefined ? { kind: 'created-unnamed' } : { kind: 'created', accountId };
}

interface ListedResource {
  readonly id?: unknown;
  readonly externalId?: unknown;
}

function listOf(json: unknown): { resources: ListedResource[]; totalResults: number } {
  const list = json as { totalResults?: unknown; Resources?: unknown } | null | undefined;
  const resources = list?.Resources ?? [];
  // RFC 7644 leaves Resources out when there are none, but totalResults is never optional.
  if (typeof list?.totalResults !== 'number' || !Array.isArray(resources)) {
    throw new RetryableError('remote-invalid-answer');
  }
  if (list.totalResults > 0 && resources.length === 0) throw new RetryableError('remote-invalid-answer');
  return { resources, totalResults: list.totalResults };
}

/** The account's id; undefined where the answer has none that can be one. */
function idOf(resource: unknown): string | undefined {
  const id = (resource as ListedResource | null | undefined)?.id;
  return typeof id === 'string' && id !== '' && id.length <= 256 ? id : undefined;
}
