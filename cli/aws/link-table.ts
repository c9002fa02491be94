/** A row of the user-link table as far as commands look at it. */
export interface LinkRow {
  readonly userRef: string;
  readonly system: string;
  /** Of a system that has several. */
  readonly instance?: string;
  readonly state: string;
  readonly user_id?: string;
  readonly accountId?: string;
  readonly code?: string;
  /** An account that a rule found and that nobody has. */
  readonly candidate?: { readonly accountId: string };
  /** userRef of the user that this one became part of. */
  readonly mergedInto?: string;
  readonly attempts?: number;
  /** Epoch ms. */
  readonly acceptedAt?: number;
  /** ISO 8601. */
  readonly updatedAt?: string;
}

/** The user-link table by its name. */
export interface LinkTable {
  /** Every link of one user. */
  ofUser(table: string, userRef: string): Promise<LinkRow[]>;
  /** Links of a system that wait or need somebody, oldest first, by the index. */
  unsettled(table: string, system: string): AsyncIterable<LinkRow>;
  /** Links in a state, of a system or of all, in no order; reads the whole table. */
  scan(table: string, state: string, system?: string): AsyncIterable<LinkRow>;
}
