/** What an operator did. No personal data, no secret. */
export interface AuditEntry {
  /** As typed: `dlq redrive`. */
  readonly act: string;
  /** Queue, system, or id of a key. */
  readonly subject: string;
}

export type AuditOutcome = 'done' | 'failed' | 'stopped';

export type AuditCounts = Readonly<Record<string, number>>;

export interface AuditClosing {
  readonly outcome: AuditOutcome;
  readonly counts?: AuditCounts;
  /** Of the failure. */
  readonly code?: string;
  /** The certificate of an erasure. */
  readonly certificate?: string;
}

export interface AuditRow extends AuditEntry {
  readonly who: string;
  readonly outcome: 'started' | AuditOutcome;
  readonly counts?: AuditCounts;
  readonly code?: string;
  readonly certificate?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** The table of what operators did. */
export interface Audit {
  /** Writes the row before the act; gives the function that closes it. Fails with `audit-unavailable`. */
  begin(entry: AuditEntry): Promise<(closing: AuditClosing) => Promise<void>>;
  /** Rows of a month such as `2026-11`, newest first. */
  list(month: string, limit: number): Promise<AuditRow[]>;
}
