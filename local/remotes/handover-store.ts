import { randomUUID } from 'node:crypto';

/** What a system was told, as far as it reads it. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: {
    readonly system: string;
    readonly wanted: 'present' | 'enabled' | 'disabled' | 'absent' | 'erased';
    readonly user: { readonly user_id: string; readonly created_at?: string };
    readonly externalId: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly initial?: Readonly<Record<string, unknown>>;
    readonly sequence: number;
  };
}

export interface HandedAccount {
  readonly accountId: string;
  readonly externalId: string;
  readonly active: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Of the message that it shows. */
  readonly sequence: number;
}

/**
 * The accounts of a system that is told what is wanted, kept as docs/adding-a-system.md asks of such a system: a message
 * that came already is done, and one that was told before what is shown is history.
 */
export class HandoverStore {
  private readonly accounts = new Map<string, HandedAccount>();
  private readonly messages: Told[] = [];
  private readonly ids = new Set<string>();

  take(told: Told): void {
    this.messages.push(told);
    const { externalId, sequence, wanted } = told.data;
    const account = this.accounts.get(externalId);
    if (this.ids.has(told.id) || sequence < (account?.sequence ?? 0)) return;
    this.ids.add(told.id);
    if (wanted === 'absent' || wanted === 'erased') this.accounts.delete(externalId);
    else if (wanted === 'disabled') this.set(account, told, { active: false });
    else this.set(account, told, { active: wanted === 'enabled' || (account?.active ?? true) });
  }

  /** The account that a message speaks of; undefined when there is none. */
  accountOf({ data }: Told): HandedAccount | undefined {
    return this.accounts.get(data.externalId);
  }

  /** For whoever looks. */
  shown(): { readonly accounts: readonly HandedAccount[]; readonly messages: readonly Told[] } {
    return { accounts: [...this.accounts.values()], messages: this.messages };
  }

  count(): { accounts: number; duplicates: number } {
    return { accounts: this.accounts.size, duplicates: 0 };
  }

  // An account that nobody asked for is not made in order to be switched off.
  private set(account: HandedAccount | undefined, { data }: Told, { active }: { active: boolean }): void {
    if (account === undefined && data.wanted === 'disabled') return;
    this.accounts.set(data.externalId, {
      accountId: account?.accountId ?? `acc-${randomUUID()}`,
      externalId: data.externalId,
      active,
      attributes: { ...data.initial, ...account?.attributes, ...data.attributes },
      sequence: data.sequence,
    });
  }
}
