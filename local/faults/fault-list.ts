/** How often a fault comes. Without any of these it hits every call until it is removed. */
export interface Frequency {
  /** Calls that pass before the first one is hit. */
  readonly skip?: number;
  /** Calls that are hit. */
  readonly times?: number;
  /** Share of the calls that are hit, at random, in (0, 1]. */
  readonly probability?: number;
  /** Virtual seconds, from when it was added. */
  readonly seconds?: number;
}

/** Rules of what is to go wrong, in the order they were added. */
export interface FaultList<Rule extends Frequency> {
  add(rule: Rule): void;
  clear(): void;
  list(): Rule[];
  /** The first rule that matches and whose turn it is, used up once. */
  take(matches: (rule: Rule) => boolean): Rule | undefined;
}

interface Entry<Rule> {
  readonly rule: Rule;
  /** Virtual epoch ms. */
  readonly until: number;
  toSkip: number;
  left: number;
}

/** @param now virtual epoch ms */
export function createFaultList<Rule extends Frequency>(
  now: () => number,
  random: () => number = Math.random,
): FaultList<Rule> {
  let entries: Entry<Rule>[] = [];
  const isItsTurn = (entry: Entry<Rule>): boolean => {
    if (entry.toSkip > 0) {
      entry.toSkip -= 1;
      return false;
    }
    return random() < (entry.rule.probability ?? 1);
  };
  return {
    add: (rule) => void entries.push(entryOf(rule, now())),
    clear() {
      entries = [];
    },
    list: () => entries.map(({ rule }) => rule),
    take(matches) {
      entries = entries.filter(({ until }) => now() < until);
      const hit = entries.find((entry) => matches(entry.rule) && isItsTurn(entry));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) entries = entries.filter((other) => other !== hit);
      return hit.rule;
    },
  };
}

function entryOf<Rule extends Frequency>(rule: Rule, now: number): Entry<Rule> {
  const { skip = 0, times = Number.POSITIVE_INFINITY, seconds = Number.POSITIVE_INFINITY } = rule;
  return { rule, toSkip: skip, left: times, until: now + seconds * 1000 };
}
