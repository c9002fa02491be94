import { needsSomebody } from '../../events/link-state';
import { ageOf, type UserLink } from '../../lambdas/user-links/user-link';
import type { Person } from './person';

/** How far a system is: `stuck` needs somebody, `open` waits for a worker or the clock. */
export interface SystemProgress {
  readonly system: string;
  readonly is: 'done' | 'open' | 'stuck';
  readonly words: string;
  readonly link?: UserLink;
}

export function progressOf({ systems, until }: Person, links: readonly UserLink[]): SystemProgress[] {
  return systems.map((system) => {
    const link = links.find((one) => one.system === system);
    return { system, ...stepOf(link, until), ...(link === undefined ? {} : { link }) };
  });
}

function stepOf(link: UserLink | undefined, until: string): Pick<SystemProgress, 'is' | 'words'> {
  if (link === undefined) return { is: 'open', words: 'not begun' };
  const { state, code, next, erasure } = link;
  const age = ageOf(link, { generation: until });
  if (age === 'older') return { is: 'stuck', words: 'a newer life has begun' };
  // The erasure of a life that began before the one that is meant says nothing of it.
  if (erasure === undefined || age === 'newer') return { is: 'open', words: 'not begun' };
  if (erasure.byHand) return { is: 'done', words: 'erased by hand' };
  if (state === 'deprovisioned' && erasure.verifiedAt !== undefined) return { is: 'done', words: 'erased' };
  if (needsSomebody(state)) return { is: 'stuck', words: `${state}: ${code ?? 'no code'}` };
  const waits = code === undefined || code === 'erased' ? '' : `, ${code}`;
  if (next === 'verify') return { is: 'open', words: `removed, is looked for once more${waits}` };
  return { is: 'open', words: `is being removed${waits}` };
}
