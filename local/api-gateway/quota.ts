import type { Clock } from '../clock';
import type { QuotaDefinition } from './definitions';

const DAY_MS = 86_400_000;

/** Requests of one key in one calendar day, week (from Monday) or month, in UTC. */
export class Quota {
  private period = '';
  private used = 0;

  constructor(
    private readonly quota: QuotaDefinition,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  take(): boolean {
    const period = this.currentPeriod();
    if (period !== this.period) this.used = 0;
    this.period = period;
    if (this.used >= this.quota.limit) return false;
    this.used += 1;
    return true;
  }

  private currentPeriod(): string {
    const now = this.clock.now();
    if (this.quota.period === 'MONTH') return new Date(now).toISOString().slice(0, 7);
    const day = Math.floor(now / DAY_MS);
    // 1 January 1970 was a Thursday.
    return this.quota.period === 'DAY' ? `${day}` : `${Math.floor((day + 3) / 7)}`;
  }
}
