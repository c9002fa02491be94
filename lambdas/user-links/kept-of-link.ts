import type { UserLink } from './user-link';

/** What a row keeps of a person. Of no use to them are a worker's token, and keys of indexes. */
export function keptOfLink({
  lease,
  due: _due,
  unsettled: _unsettled,
  remindAt: _remindAt,
  ...link
}: UserLink): Omit<UserLink, 'lease' | 'due' | 'unsettled' | 'remindAt'> & { readonly inWorkUntil?: string } {
  return { ...link, ...(lease === undefined ? {} : { inWorkUntil: new Date(lease.until).toISOString() }) };
}
