import type { SharedItem } from '../system-items/shared-item';

/** Where callers wait, so many at a time. */
export interface WaitingRoom {
  /** The way out of it for who waits for something of this user; undefined where nobody else may. */
  enter(userRef: string): Promise<(() => Promise<void>) | undefined>;
}

/** Epoch ms until which a place is taken, by the userRef of whom it is for and a token of who took it. */
export type Places = Readonly<Record<string, number>>;

export interface WaitingRoomDeps {
  readonly item: SharedItem<Places>;
  /** How many may wait at once, in all instances of the function. */
  readonly most: number;
  /** How many of them for one user: nobody with a single token is to keep all others from it. */
  readonly mostEach: number;
  /** Longer than an instance can live with one call: who died gives the place back by it. */
  readonly leaseMs: number;
  readonly newToken: () => string;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Each failed write means that somebody else came or went. Who loses so often is told to come again instead. */
const MOST_WRITES = 5;
/** Who is on their way out tries longer, as a place that is not given back is taken until its lease ends. */
const MOST_WRITES_OUT = 25;

/**
 * Each instance of a function serves one call at a time and knows of no other one, so that who waits is counted in a
 * shared item. It only keeps callers from waiting: while it cannot be read nobody waits, and everybody is served.
 */
export function createWaitingRoom({
  item,
  most,
  mostEach,
  leaseMs,
  newToken,
  now,
}: WaitingRoomDeps): WaitingRoom {
  const change = async (
    next: (places: Places) => Places | undefined,
    mostWrites = MOST_WRITES,
  ): Promise<boolean> => {
    for (let write = 0; write < mostWrites; write += 1) {
      const shared = await item.read();
      const places = next(taken(shared?.value ?? {}, now()));
      if (places === undefined) return false;
      if (await item.write(places, shared)) return true;
    }
    return false;
  };
  return {
    async enter(userRef) {
      const token = `${userRef} ${newToken()}`;
      const isFree = (taken: readonly string[]) =>
        taken.length < most && taken.filter((one) => one.startsWith(`${userRef} `)).length < mostEach;
      const take = (places: Places) =>
        isFree(Object.keys(places)) ? { ...places, [token]: now() + leaseMs } : undefined;
      if (!(await change(take).catch(() => false))) return undefined;
      const without = (places: Places) =>
        Object.fromEntries(Object.entries(places).filter(([one]) => one !== token));
      return async () => void (await change(without, MOST_WRITES_OUT).catch(() => false));
    },
  };
}

const taken = (places: Places, now: number): Places =>
  Object.fromEntries(Object.entries(places).filter(([, until]) => now < until));
