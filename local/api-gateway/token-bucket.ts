import type { Clock } from '../clock';
import type { ThrottleDefinition } from './definitions';

/** `burst` requests at once, refilled by `rate` a second of virtual time. */
export class TokenBucket {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly throttle: ThrottleDefinition,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.tokens = throttle.burst;
    this.filledAt = clock.now();
  }

  take(): boolean {
    const now = this.clock.now();
    const refill = ((now - this.filledAt) / 1000) * this.throttle.rate;
    this.tokens = Math.min(this.throttle.burst, this.tokens + refill);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
