/** An attempt at work for a user that the system may answer by asking for time. */
export interface Attempted {
  readonly userRef: string;
  /** Epoch ms. */
  readonly beganAt: number;
}

/** Tells a system that asks everybody for time from one that asks it for one account. */
export interface AskedForTime {
  /** @returns for how long everybody is to leave the system alone; undefined where one user alone was told to wait */
  asked(attempted: Attempted, forMs: number): number | undefined;
  /** Somebody was served. */
  served(): void;
}

interface Asked {
  readonly userRef: string;
  readonly forMs: number;
  readonly until: number;
}

/**
 * A system is left alone once two users in a row were told to wait, the second by a call that began before the time of
 * the first was over. Of a system that is too busy the second answer comes with the next call, so that little is lost;
 * an account that is told so each time is followed by somebody who is served, and nobody waits for it.
 */
export function createAskedForTime(now: () => number): AskedForTime {
  let last: Asked | undefined;
  return {
    asked({ userRef, beganAt }, forMs) {
      const before = last;
      last = { userRef, forMs, until: now() + forMs };
      const isAlone = before === undefined || before.userRef === userRef || beganAt >= before.until;
      // One of the two may have been told for how long its own account is locked.
      return isAlone ? undefined : Math.min(forMs, before.forMs);
    },
    served() {
      last = undefined;
    },
  };
}
