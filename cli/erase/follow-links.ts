import type { UserLink } from '../../lambdas/user-links/user-link';
import { describeDuration } from '../../terminal/duration';
import type { Line } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { Deps } from '../deps';
import { describeProgress } from './describe-erasure';
import { type Person, readLinks } from './person';
import { progressOf, type SystemProgress } from './progress-of';

export type FollowDeps = Pick<Deps, 'outputs' | 'links' | 'screen' | 'now' | 'pause' | 'stopping'>;

const POLL_MS = 1_000;
/** Longer than the second look waits, so that it is no news that something waits. */
const QUIET_MS = 25 * 60_000;

/** Shows how far every system is until none is open any more, or Ctrl-C. */
export async function followLinks(person: Person, deps: FollowDeps): Promise<SystemProgress[]> {
  const stopping = deps.stopping();
  let [last, changedAt] = ['', deps.now()];
  for (;;) {
    const links = await readLinks(person.userRef, deps);
    const progress = progressOf(person, links);
    const seen = JSON.stringify(links.map(({ state, revision }: UserLink) => [state, revision]));
    if (seen !== last) [last, changedAt] = [seen, deps.now()];
    deps.screen.redraw([...describeProgress(progress, deps.now()), ...hint(progress, changedAt, deps)]);
    if (progress.every(({ is }) => is !== 'open') || stopping.aborted) return progress;
    await deps.pause(POLL_MS);
  }
}

function hint(progress: readonly SystemProgress[], changedAt: number, { now, screen }: FollowDeps): Line[] {
  const quietMs = now() - changedAt;
  const open = progress.filter(({ is }) => is === 'open').map(({ system }) => system);
  if (quietMs < QUIET_MS || open.length === 0) return [];
  const words = `Nothing has changed for ${describeDuration(quietMs)} in ${open.join(', ')}. Ctrl-C ends this, and what was asked for goes on. A retired system does nothing any more: remove the account there, and say so with --by-hand.`;
  return ['', ...wrap(words, screen.width)];
}
