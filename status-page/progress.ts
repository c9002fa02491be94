import type { Standing } from '../events/standing';
import type { SnapshotEnd, SystemStanding } from '../events/status-snapshot';
import { fill } from './layout/fill';
import type { ClientPhase, Phase, Words } from './words/words';

/** How long a person may read what could not be finished before the page goes on. */
export const READING_MS = 4_000;

/** What a person reads behind the name of a system. */
export const standingWord = (
  { required, standing }: SystemStanding,
  words: Pick<Words, 'standings'>,
): string => words.standings[standing === 'waiting' && !required ? 'later' : standing];

/**
 * The parts of the bar, one for each system that is waited for: the ready ones first. It says how many there are and
 * never how long they take, which nobody knows.
 */
export function segmentsOf(systems: readonly SystemStanding[]): Standing[] {
  const order: readonly Standing[] = ['ready', 'failed', 'waiting'];
  const awaited = systems.filter(({ required }) => required);
  return order.flatMap((standing) =>
    awaited.filter((system) => system.standing === standing).map(() => standing),
  );
}

export function progressWord(systems: readonly SystemStanding[], words: Pick<Words, 'progress'>): string {
  const segments = segmentsOf(systems);
  const ready = segments.filter((standing) => standing === 'ready').length;
  return fill(words.progress, { ready, all: segments.length });
}

/** Where a person is according to a snapshot that ends so. */
export function phaseOf(end: SnapshotEnd | undefined, onFailed: 'continue' | 'stop'): ClientPhase {
  if (end === undefined) return 'waiting';
  if (end === 'failed') return onFailed === 'stop' ? 'stopped' : 'failed';
  return end === 'settled' ? 'ready' : 'late';
}

export const buttonOf = (phase: Phase, { buttons }: Pick<Words, 'buttons'>): string =>
  phase === 'waiting' ? buttons.skip : phase === 'stopped' ? buttons.leave : buttons.go;
