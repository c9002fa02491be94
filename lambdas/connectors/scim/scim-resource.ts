import { isAccountId } from '../../../events/account-id';
import type { Account } from '../connector';

/** A User as a server shows it. Every field is the server's and may be anything. */
export interface Resource {
  readonly id?: unknown;
  readonly externalId?: unknown;
  readonly active?: unknown;
  readonly [attribute: string]: unknown;
}

/** The account; undefined where the answer has no id that can be one. */
export function accountOf(json: unknown, externalId: string): Account | undefined {
  const accountId = accountIdOf(json);
  if (accountId === undefined) return undefined;
  const resource = json as Resource;
  return { accountId, carries: carriedBy(resource, externalId), snapshot: resource };
}

function carriedBy({ externalId }: Resource, ours: string): Account['carries'] {
  if (externalId === ours) return 'ours';
  return externalId === undefined || externalId === null || externalId === '' ? 'none' : 'another';
}

export function accountIdOf(json: unknown): string | undefined {
  const id = (json as Resource | null | undefined)?.id;
  return typeof id === 'string' && isAccountId(id) ? id : undefined;
}

/** RFC 7643 leaves open what an absent `active` means; an account that is there is taken for one that works. */
export function isActive({ active }: Resource): boolean {
  return active === undefined || isTrue(active);
}

/** Some servers show truth values as texts. */
export const isTrue = (shown: unknown): boolean => `${shown}`.toLowerCase() === 'true';
