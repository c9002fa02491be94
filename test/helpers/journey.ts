import type { WalkedRun } from './walked-run';

/** Goes one way through the pipeline, resolves when its end is reached, and leaves nothing behind. */
export type Journey = (walked: WalkedRun) => Promise<unknown>;

/** By what they do, in words. */
export type Journeys = Readonly<Record<string, Journey>>;
