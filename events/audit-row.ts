/** What somebody did who looks after users. No personal data, no secret. */
export interface AuditEntry {
  /** As typed: `dlq redrive`. What came by the provisioning API begins with `api`. */
  readonly act: string;
  /** Queue, system, userRef, or id of a key. */
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
  /** Takes the place of the one that was written before: of what had no id yet. */
  readonly subject?: string;
}

export interface AuditRow extends AuditEntry {
  /** ARN of an operator; of who came by the provisioning API, their program, or the userRef of the person. */
  readonly who: string;
  readonly outcome: 'started' | AuditOutcome;
  readonly counts?: AuditCounts;
  readonly code?: string;
  readonly certificate?: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
}
