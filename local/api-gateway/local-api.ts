import type { RunPart } from '../local-run';

/** The REST API of the run; collects definitions while resources are created, serves from `start` on. */
export interface LocalApi extends RunPart {
  readonly url: string;
}
