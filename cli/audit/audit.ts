import type { AuditClosing, AuditEntry, AuditRow } from '../../events/audit-row';

/** The table of what operators did. */
export interface Audit {
  /** Writes the row before the act; gives the function that closes it. Fails with `audit-unavailable`. */
  begin(entry: AuditEntry): Promise<(closing: AuditClosing) => Promise<void>>;
  /** Rows of a month such as `2026-11`, newest first. */
  list(month: string, limit: number): Promise<AuditRow[]>;
}
