import { type Decision, end, write } from './decision';
import type { Intent } from './intent';
import { switchOf } from './scope-decision';
import { stayingOut } from './scoping';
import { noting, type Wish } from './transitions';
import { type Claim, mayHaveAccount, type UserLink } from './user-link';
import { isNewsTo, toldBy, withheldBy } from './withheld';

/**
 * What becomes of a user who is to have no account yet: by no connection that brings one, or where nobody asked for
 * it; undefined for everybody else. An account that is there is changed as ever, and so goes a user who is blocked or
 * deleted.
 */
export function withholding(link: UserLink, claim: Claim, intent: Intent): Decision | undefined {
  const code = withheldBy(link, intent);
  if (code === undefined || mayHaveAccount(link) || !isToBeMade(link, intent)) return undefined;
  const note = { ...switchOf(link, intent), ...profileTold(intent, link) };
  if (link.code === code && Object.keys(note).length === 0) return end(code);
  return write(stayingOut(link, claim, { code, note }), code);
}

/** As {@link withholding}, where there is no link yet, or one of an earlier life. */
export function withholdingAtFirst(
  link: UserLink | undefined,
  claim: Claim,
  intent: Intent,
): Decision | undefined {
  const code = withheldBy(undefined, intent);
  // What the earlier life left in the system is the user's again; a worker makes none where it is not there after all.
  if (code === undefined || (link !== undefined && mayHaveAccount(link))) return undefined;
  const note = { ...switchOf(undefined, intent), ...profileTold(intent) };
  return write(stayingOut(link, claim, { code, note }), code);
}

/** The same decision, which also notes what the event says for the account: whatever is told later makes it. */
export function withTold(decision: Decision, intent: Intent, { now }: Claim, link?: UserLink): Decision {
  const told = toldBy(intent);
  if (Object.keys(told).length === 0) return decision;
  switch (decision.do) {
    case 'work':
      return { ...decision, wish: { ...decision.wish, ...told } };
    case 'write':
      return { ...decision, link: { ...decision.link, ...told } };
    case 'end':
      if (link === undefined || !isNewsTo(link, told, intent)) return decision;
      return { do: 'write', link: noting(link, now, told), outcome: decision.outcome };
    case 'give-up':
      return decision;
  }
}

// What comes too late for a block, or during one, ends as it does for one without an account.
function isToBeMade({ blocked, blockedAt = 0 }: UserLink, { want, version }: Intent): boolean {
  return want === 'enabled' ? version >= blockedAt : want === 'account' && blocked !== true;
}

// Whoever asks may have set out before the user's last change: it must not bring back what that one took away.
function profileTold({ complete, tellsChange, version }: Intent, { toldAt }: Partial<UserLink> = {}): Wish {
  const isNews = toldAt === undefined || (tellsChange && version > toldAt);
  return complete && isNews ? { toldAt: version } : {};
}
