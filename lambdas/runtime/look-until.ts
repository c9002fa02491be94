export interface LookDeps<Seen> {
  readonly look: () => Promise<Seen>;
  readonly pause: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Most of what is waited for is there within a second; whoever waits longer waits for a system. */
const PAUSES_MS = [100, 100, 150, 150, 250, 250, 500];
const LONGEST_PAUSE_MS = 1_000;

/** Looks until it sees enough, or until `until` (epoch ms), and gives what it saw last. */
export async function lookUntil<Seen>(
  { look, pause, now }: LookDeps<Seen>,
  isEnough: (seen: Seen) => boolean,
  until: number,
): Promise<Seen> {
  for (let looks = 0; ; looks += 1) {
    const seen = await look();
    const leftMs = until - now();
    if (isEnough(seen) || leftMs <= 0) return seen;
    await pause(Math.min(PAUSES_MS[looks] ?? LONGEST_PAUSE_MS, leftMs));
  }
}
