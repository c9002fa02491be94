import { type FoundToErase, locatedToErase } from '../../user-links/erasure';
import type { UserLink } from '../../user-links/user-link';
import type { UserLinks } from '../../user-links/user-link-repository';
import { RetryableError } from '../connector';

export interface NoteDeps {
  readonly links: Pick<UserLinks, 'close'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Notes on a claimed link which account is about to go. */
export interface Notes {
  readonly add: (found: FoundToErase) => Promise<void>;
  /** The row as it is after the last note. */
  readonly link: () => UserLink;
}

export function notesOn({ links, now }: NoteDeps, mine: UserLink): Notes {
  let link = mine;
  let last: Promise<void> = Promise.resolve();
  const write = async (found: FoundToErase) => {
    const noted = locatedToErase(link, found, now());
    if (noted === link) return;
    if (!(await links.close(noted, mine.lease?.token ?? ''))) throw new RetryableError('lease-lost');
    link = noted;
  };
  return {
    // One after the other: each is written on top of the one before it, and none once the lease is lost.
    add: (found) => {
      last = last.then(() => write(found));
      return last;
    },
    link: () => link,
  };
}
