/** An event as rules of a bus see it, and with it what was put. */
export interface PutEntry {
  readonly source: string;
  readonly type: string;
  /** JSON text. */
  readonly detail: string;
}

/** What becomes of an entry: an id, or a code of its own within an answer that is none. */
export type EntryAnswer =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

export interface PutAnswer {
  readonly entry: EntryAnswer;
  /** Sent instead of the whole answer. */
  readonly instead?: string;
}

/** Who has a rule on a bus. Throws what the caller gets instead of an answer. */
export type Listener = (entry: PutEntry, answer: EntryAnswer) => Promise<PutAnswer>;

/** Which buses there are, and who listens. */
export interface EventBuses {
  /** A bus of the template. */
  add(busArn: string): void;
  listen(busArn: string, listener: Listener): void;
  listenersOf(busArn: string): readonly Listener[];
}

export function createEventBuses(): EventBuses {
  const buses = new Map<string, Listener[]>();
  const of = (busArn: string) => buses.get(busArn) ?? [];
  return {
    add: (busArn) => void buses.set(busArn, of(busArn)),
    listen: (busArn, listener) => void buses.set(busArn, [...of(busArn), listener]),
    listenersOf: of,
  };
}
