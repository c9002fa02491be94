import type { Item } from '../aws/dynamodb/item';
import type { RowChange } from '../aws/dynamodb/tables';

/** One user in one system, as the user-link table tells it. */
export interface LinkProgress {
  readonly userId: string;
  readonly system: string;
  /** `waiting` until the first row is written, then the row's own state. */
  readonly state: string;
  readonly accountId?: string | undefined;
  /** From the call of the Action until the row was written as linked. */
  readonly ms?: number | undefined;
}

const UNSETTLED = new Set(['waiting', 'pending']);

export function isSettled({ state }: LinkProgress): boolean {
  return !UNSETTLED.has(state);
}

/** Follows the links of the users who were registered here, by the rows that are written. */
export class LinkTracker {
  private readonly links = new Map<string, LinkProgress>();
  private readonly called = new Map<string, number>();
  private readonly listeners: ((link: LinkProgress) => void)[] = [];
  private settled = 0;
  /** Real epoch ms of the first call of an Action and of the last link. */
  firstCalledAt = Number.POSITIVE_INFINITY;
  lastLinkedAt = 0;

  constructor(private readonly systems: readonly string[]) {}

  /** From now on every configured system owes this user an account. */
  expect(userId: string, calledAt: number): void {
    this.called.set(userId, calledAt);
    this.firstCalledAt = Math.min(this.firstCalledAt, calledAt);
    for (const system of this.systems) {
      const link = { userId, system, state: 'waiting' };
      if (!this.links.has(keyOf(link))) this.links.set(keyOf(link), link);
    }
  }

  changed({ newImage, at }: RowChange): void {
    const written = newImage && readRow(newImage);
    const known = written && this.links.get(keyOf(written));
    if (!known) return;
    const calledAt = this.called.get(known.userId) ?? at;
    const ms = written.state === 'linked' ? (known.ms ?? at - calledAt) : undefined;
    this.replace(known, { ...written, ms });
    if (written.state === 'linked') this.lastLinkedAt = at;
  }

  onChange(listener: (link: LinkProgress) => void): void {
    this.listeners.push(listener);
  }

  all(): LinkProgress[] {
    return [...this.links.values()];
  }

  get settledCount(): number {
    return this.settled;
  }

  get size(): number {
    return this.links.size;
  }

  private replace(known: LinkProgress, link: LinkProgress): void {
    this.links.set(keyOf(link), link);
    this.settled += Number(isSettled(link)) - Number(isSettled(known));
    for (const listener of this.listeners) listener(link);
  }
}

function keyOf({ userId, system }: Pick<LinkProgress, 'userId' | 'system'>): string {
  return `${system} ${userId}`;
}

function readRow(row: Item): LinkProgress | undefined {
  const [userId, system, state] = [row.user_id?.S, row.system?.S, row.state?.S];
  if (userId === undefined || system === undefined || state === undefined) return undefined;
  return { userId, system, state, accountId: row.accountId?.S };
}
