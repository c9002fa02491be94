import type { Account, AccountStore } from '../account-store';
import type { RemoteFault } from '../remote-faults';
import { type StandInAccount, type StandInAccounts, type StandInList, shownOf } from './stand-in';

/** How a search goes wrong, if it does. */
export interface Searching {
  readonly fault: RemoteFault | undefined;
  /** Virtual milliseconds since an account was made. */
  readonly ageMs: (accountId: string) => number;
}

/** The accounts of a store, as a stand-in sees them during one call. @param searching is asked once for each search */
export function standInAccounts(store: AccountStore, searching: () => Searching): StandInAccounts {
  const search = (meant: () => readonly Account[]): StandInList => {
    const { fault, ageMs } = searching();
    const found = fault?.effect === 'filter-ignored' ? store.all() : meant();
    return listAs(fault, found, ageMs);
  };
  const put = ({ externalId, fields }: Omit<StandInAccount, 'id'>, id?: string): StandInAccount => {
    const key = id ?? crypto.randomUUID();
    // Names are the stand-in's to compare; the store wants one that nobody else has.
    return shownOf(store.put({ userName: key, externalId: externalId ?? undefined, fields }, key));
  };
  return {
    search: (isMeant) => search(() => store.all().filter((account) => isMeant(shownOf(account)))),
    carrying: (externalId) => search(() => store.withExternalId(externalId)),
    get: (id) => mapped(store.get(id), shownOf),
    some: (is) => store.all().some((account) => is(shownOf(account))),
    add: (externalId, fields) => put({ externalId, fields }),
    change: (id, { externalId, fields }) =>
      mapped(store.get(id), (account) => {
        const before = shownOf(account);
        const kept = externalId === undefined ? before.externalId : externalId;
        return put({ externalId: kept, fields: { ...before.fields, ...fields } }, id);
      }),
    remove: (id) => store.remove(id),
  };
}

function mapped<From, To>(value: From | undefined, to: (value: From) => To): To | undefined {
  return value === undefined ? undefined : to(value);
}

function listAs(
  fault: RemoteFault | undefined,
  found: readonly Account[],
  ageMs: (accountId: string) => number,
): StandInList {
  const accounts = found.map(shownOf);
  const total = accounts.length;
  if (fault?.effect === 'late-search') {
    const old = accounts.filter(({ id }) => ageMs(id) >= fault.lagSeconds * 1_000);
    return { accounts: old, total: old.length };
  }
  if (fault?.effect === 'paging') return { accounts: accounts.slice(0, fault.size), total };
  if (fault?.effect === 'more-results') return { accounts, total: total + fault.more };
  return { accounts, total };
}
