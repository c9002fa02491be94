import type { SkipCode } from '../../events/codes';
import { bringsAccount } from '../../events/jit-rule';
import type { Intent, Jit } from './intent';
import type { Wish } from './transitions';
import { mayHaveAccount, type UserLink } from './user-link';

/** Why somebody who has no account gets none by this event, although the scope of the system has them. */
export type Withheld = SkipCode & ('jit-off' | 'not-asked-yet');

export const isWithheldBy = (code: SkipCode): code is Withheld =>
  code === 'jit-off' || code === 'not-asked-yet';

/** Undefined where the event makes one. What an earlier life was told does not count: it has no `link` here. */
export function withheldBy(link: UserLink | undefined, { asking, jit }: Intent): Withheld | undefined {
  // An operator who says which account is the user's does not ask how the user comes in.
  if (typeof link?.chosen !== 'object' && !isBrought(link, jit)) return 'jit-off';
  // An operator who chose for the user asked.
  const isUnasked = asking === 'silent' && link?.asked !== true && link?.chosen === undefined;
  return isUnasked ? 'not-asked-yet' : undefined;
}

/** What is noted of the user, so that whatever is told later makes the account. */
export function toldBy({ asking, jit, want }: Intent): Wish {
  const by = jit === 'needless' ? undefined : jit.connections.find((name) => bringsAccount(jit.rule, name));
  const isOfLife = want === 'account' || want === 'enabled' || want === 'disabled';
  return {
    ...(asking === 'asks' && { asked: true as const }),
    ...(by !== undefined && isOfLife && { broughtBy: by }),
  };
}

/** True where the row of a user says less than that. */
export function isNewsTo(link: UserLink, told: Wish, { jit }: Intent): boolean {
  if (told.asked === true && link.asked !== true) return true;
  // Who has an account keeps it, however they come.
  if (told.broughtBy === undefined || jit === 'needless' || mayHaveAccount(link)) return false;
  return !isBrought(link, { ...jit, connections: [] });
}

// Somebody who came by such a connection once has it, whichever they take today. What the configuration says counts now.
function isBrought(link: UserLink | undefined, jit: Jit): boolean {
  if (jit === 'needless') return true;
  const before = link?.broughtBy === undefined ? [] : [link.broughtBy];
  return [...jit.connections, ...before].some((name) => bringsAccount(jit.rule, name));
}
