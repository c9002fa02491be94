import { type Decision, end, write } from './decision';
import type { Intent } from './intent';
import { switchOf } from './scope-decision';
import { stayingOut } from './scoping';
import { noting, type Wish } from './transitions';
import { type Claim, mayHaveAccount, type UserLink } from './user-link';

/**
 * What becomes of a user for whom nobody asked yet, where a system makes accounts only then; undefined for everybody
 * else. An account that is there is changed as ever, and so goes a user who is blocked or deleted.
 */
export function notAskedYet(link: UserLink, claim: Claim, intent: Intent): Decision | undefined {
  if (!isUnasked(link, intent) || mayHaveAccount(link) || !isToBeMade(link, intent)) return undefined;
  const note = { ...switchOf(link, intent), ...toldBy(intent, link) };
  if (link.code === CODE && Object.keys(note).length === 0) return end(CODE);
  return write(stayingOut(link, claim, { code: CODE, note }), CODE);
}

/** As {@link notAskedYet}, where there is no link yet, or one of an earlier life. */
export function notAskedAtFirst(
  link: UserLink | undefined,
  claim: Claim,
  intent: Intent,
): Decision | undefined {
  if (intent.asking !== 'silent') return undefined;
  // What the earlier life left in the system is the user's again; see `isUnasked` for who has none there after all.
  if (link !== undefined && mayHaveAccount(link)) return undefined;
  const note = { ...switchOf(undefined, intent), ...toldBy(intent) };
  return write(stayingOut(link, claim, { code: CODE, note }), CODE);
}

/** The same decision, which also notes that an account was asked for: whatever is told later makes it. */
export function withAsking(
  decision: Decision,
  { asking }: Intent,
  { now }: Claim,
  link?: UserLink,
): Decision {
  if (asking !== 'asks') return decision;
  const asked = { asked: true } as const;
  switch (decision.do) {
    case 'work':
      return { ...decision, wish: { ...decision.wish, ...asked } };
    case 'write':
      return { ...decision, link: { ...decision.link, ...asked } };
    case 'end': {
      const isNews = link !== undefined && link.asked !== true;
      if (!isNews) return decision;
      return { do: 'write', link: noting(link, now, asked), outcome: decision.outcome };
    }
    case 'give-up':
      return decision;
  }
}

/** True while nothing but an account that is there already is worked on. */
export function isUnasked(link: UserLink, { asking }: Intent): boolean {
  // An operator who chose for the user asked.
  return asking === 'silent' && link.asked !== true && link.chosen === undefined;
}

const CODE = 'not-asked-yet';

// What comes too late for a block, or during one, ends as it does for one without an account.
function isToBeMade({ blocked, blockedAt = 0 }: UserLink, { want, version }: Intent): boolean {
  return want === 'enabled' ? version >= blockedAt : want === 'account' && blocked !== true;
}

// Whoever asks may have set out before the user's last change: it must not bring back what that one took away.
function toldBy({ complete, tellsChange, version }: Intent, { toldAt }: Partial<UserLink> = {}): Wish {
  const isNews = toldAt === undefined || (tellsChange && version > toldAt);
  return complete && isNews ? { toldAt: version } : {};
}
