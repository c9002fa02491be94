import type { Account } from '../account-store';

/** A call of a connector, as its stand-in is told it. */
export interface StandInRequest {
  readonly method: string;
  /** The names of the path below `baseUrl`, decoded. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  /** The body where it is JSON, else undefined. */
  readonly json: unknown;
}

export interface StandInAnswer {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An account as the stand-in keeps it. */
export interface StandInAccount {
  readonly id: string;
  readonly externalId: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What a search gives: what is shown of it, and how many there are. */
export interface StandInList {
  readonly accounts: readonly StandInAccount[];
  readonly total: number;
}

/** The accounts of the system. Two that carry one externalId count as a duplicate in the summary of the run. */
export interface StandInAccounts {
  /** Who is asked for, by any test. Faults of searches, such as `late-search`, show here. */
  search(isMeant: (account: StandInAccount) => boolean): StandInList;
  /** The same of those that carry an externalId, whatever their number. */
  carrying(externalId: string): StandInList;
  get(id: string): StandInAccount | undefined;
  /** True where any account is so, whatever searches show. */
  some(is: (account: StandInAccount) => boolean): boolean;
  add(externalId: string | null, fields: Readonly<Record<string, unknown>>): StandInAccount;
  /** Undefined where there is none. What is not named stays. */
  change(id: string, change: Partial<Omit<StandInAccount, 'id'>>): StandInAccount | undefined;
  /** False where there is none. */
  remove(id: string): boolean;
}

/** Answers in place of a system. */
export type StandIn = (request: StandInRequest, accounts: StandInAccounts) => StandInAnswer;

/** A stand-in of yours, to be the default export of `systems/<module>.local.ts`. */
export const defineStandIn = (standIn: StandIn): StandIn => standIn;

export const shownOf = ({ id, externalId, fields }: Account): StandInAccount => ({
  id,
  externalId: externalId ?? null,
  fields: fields as StandInAccount['fields'],
});
