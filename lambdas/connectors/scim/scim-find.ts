import { type AccountRequest, type Found, RejectedError, RetryableError } from '../connector';
import { isLike } from '../like';
import { canAskFor } from './dialect';
import { callScim, type ScimClientDeps } from './scim-client';
import { accountOf, type Resource } from './scim-resource';

/** Which accounts a search is for, and which of those that a server answers with are meant. */
interface Search {
  readonly filter: string;
  /** True when the server honoured the filter, by its own idea of equality. */
  readonly honours: (resource: Resource) => boolean;
  /** True for what is equal by ours. */
  readonly isMeant: (resource: Resource) => boolean;
}

/** Looks for accounts whose externalId equals ours exactly. */
export function findByExternalId(deps: ScimClientDeps, request: AccountRequest): Promise<Found> {
  const { externalId } = request;
  const isMeant = ({ externalId: shown }: Resource) => shown === externalId;
  if (canAskFor(deps.dialect, 'externalId')) {
    return findBy(deps, externalId, {
      filter: filterOf('externalId', externalId),
      // Servers that compare without case honour it, but what differs in case is another user's account.
      honours: ({ externalId: shown }) => isLike(shown, externalId),
      isMeant,
    });
  }
  const userName = userNameOf(request);
  return findBy(deps, externalId, {
    filter: filterOf('userName', userName),
    honours: ({ userName: shown }) => isLike(shown, userName),
    isMeant,
  });
}

// The configuration sees to it that it is made of the user_id, which every event has and nobody changes: under a name
// that changes, an account that was made a moment ago would not be found, and made again.
function userNameOf({ attributes }: AccountRequest): string {
  const wanted = attributes.find(({ to }) => to === 'userName');
  if (wanted?.act !== 'set') throw new RejectedError('invalid-value', 'userName');
  return String(wanted.value);
}

/** Looks for accounts by any filter. Gives those that are meant, seen from who carries `externalId`. */
export async function findBy(deps: ScimClientDeps, externalId: string, search: Search): Promise<Found> {
  const { maxResults } = deps.dialect;
  const count = maxResults === undefined ? '' : `&count=${maxResults}`;
  const path = `/Users?filter=${encodeURIComponent(search.filter)}${count}`;
  const { json } = await callScim(deps, { method: 'GET', path });
  const { resources, totalResults } = listOf(json);
  // Servers that ignore the filter answer with everybody, and then "none of these is meant" would prove nothing.
  if (!resources.every(search.honours)) throw new RejectedError('filter-ignored');
  const meant = resources.filter(search.isMeant);
  const [first] = meant;
  // What is on the next page may be meant as well.
  const mayHaveMore = totalResults > resources.length || resources.length >= (maxResults ?? Infinity);
  if (meant.length > 1 || mayHaveMore) return { kind: 'many' };
  if (first === undefined) return { kind: 'none' };
  const account = accountOf(first, externalId);
  if (account === undefined) throw new RetryableError('remote-invalid-answer');
  return { kind: 'one', account };
}

/** A SCIM filter quotes its value as a JSON string. */
export const filterOf = (attribute: string, value: string) => `${attribute} eq ${JSON.stringify(value)}`;

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
