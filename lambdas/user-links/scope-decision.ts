import { type Decision, type DecisionPolicy, end, write } from './decision';
import type { Intent, Scoped } from './intent';
import { keptOutside, leavingScope, type Outside, stayingOut } from './scoping';
import { noting, type Wish } from './transitions';
import { type Claim, mayHaveAccount, type UserLink } from './user-link';

/**
 * What becomes of a user whom a system's scope leaves out; undefined for everybody else. What an event does not tell
 * changes nothing, and neither does what is older than what was told last.
 */
export function outOfScope(
  link: UserLink,
  claim: Claim,
  intent: Intent,
  policy: DecisionPolicy,
): Decision | undefined {
  if (intent.want === 'gone' || comesBack(link, intent)) return undefined;
  if (link.outside === true) return stayOutside(link, claim, intent);
  const scope = toldOf(link, intent);
  if (scope === 'outside' && isLatest(link, intent)) return leave(link, claim, intent, policy);
  const isKnown = mayHaveAccount(link) || link.scopedAt !== undefined || scope !== 'unknown';
  if (isKnown || intent.want === 'disabled') return undefined;
  // Nothing ever said that the user is to have an account.
  const note = switchOf(link, intent);
  if (link.code === 'scope-unknown' && isNothing(note)) return end('scope-unknown');
  return write(stayingOut(link, claim, { code: 'scope-unknown', note }), 'scope-unknown');
}

/** True when the event says that a user whom the scope left out is in it. */
export function comesBack(link: UserLink, intent: Intent): boolean {
  if (link.outside !== true || intent.want === 'gone') return false;
  return intent.scope === 'everybody' || (intent.scope === 'inside' && isLatest(link, intent));
}

/** As {@link outOfScope}, where there is no link yet. */
export function outsideAtFirst(claim: Claim, intent: Intent): Decision | undefined {
  const out = outsideBy(intent.firstScope, intent, switchOf(undefined, intent));
  return out && write(stayingOut(undefined, claim, out), out.code);
}

/** As {@link outOfScope}, where a new life begins. What the one before it left in the system goes. */
export function outsideInNewLife(
  link: UserLink,
  claim: Claim,
  intent: Intent,
  { leaveAfterMs }: DecisionPolicy,
): Decision | undefined {
  const scope = mayHaveAccount(link) ? intent.scope : intent.firstScope;
  const out = outsideBy(scope, intent, switchOf(undefined, intent));
  if (out === undefined) return undefined;
  if (!mayHaveAccount(link)) return write(stayingOut(link, claim, out), out.code);
  // Also where nothing is known: whoever is inside after all comes back before anything happens.
  const leaving = { ...out, note: { ...out.note, outside: true } };
  return write(leavingScope(link, claim, leaving, claim.now + leaveAfterMs), out.code);
}

/** The same decision, which also notes what the event says of the scope. */
export function withScope(decision: Decision, intent: Intent, claim: Claim, link?: UserLink): Decision {
  const isTold = intent.scope === 'inside' || intent.scope === 'outside';
  const isNews = isTold && intent.want !== 'gone' && isLatest(link, intent);
  if (!isNews) return decision;
  const told = { scopedAt: intent.version, ...(intent.scope === 'outside' ? { outside: true } : {}) };
  if (decision.do === 'work') return { ...decision, wish: told };
  if (decision.do === 'write') return { ...decision, link: { ...decision.link, ...told } };
  // Without this an older word that comes late would be taken for news, and the account would go.
  const isNewer = link !== undefined && intent.version > (link.scopedAt ?? 0);
  const isOver = decision.do === 'end' && decision.outcome.kind === 'skipped';
  return isNewer && isOver ? { ...decision, do: 'write', link: noting(link, claim.now, told) } : decision;
}

const isLatest = (link: UserLink | undefined, { version }: Intent) => version >= (link?.scopedAt ?? 0);
const isNothing = (note: object) => Object.keys(note).length === 0;

// By which connection somebody came this time is not which one they are of, but better than nothing.
function toldOf(link: UserLink, { scope, firstScope }: Intent): Scoped {
  return mayHaveAccount(link) || link.scopedAt !== undefined ? scope : firstScope;
}

function outsideBy(scope: Scoped, { version }: Intent, note: Wish): Outside | undefined {
  if (scope === 'unknown') return { code: 'scope-unknown', note };
  if (scope !== 'outside') return undefined;
  return { code: 'out-of-scope', note: { ...note, outside: true, scopedAt: version } };
}

function leave(link: UserLink, claim: Claim, intent: Intent, policy: DecisionPolicy): Decision {
  const note = { ...switchOf(link, intent), outside: true, scopedAt: intent.version };
  const out = { code: 'out-of-scope', note } as const;
  if (!mayHaveAccount(link)) return write(stayingOut(link, claim, out), out.code);
  const isBlocked = (note.blocked ?? link.blocked) === true;
  // A blocked user is not left switched on until the account goes.
  if (isBlocked && !isOff(link)) return { do: 'work', work: 'disabled', from: { ...link, ...note } };
  if (isBlocked && policy.onLeave !== 'delete')
    return write({ ...noting(link, claim.now, note), code: out.code }, out.code);
  if (policy.onLeave === 'keep') return write(keptOutside(link, claim, note), out.code);
  return write(leavingScope(link, claim, out, claim.now + policy.leaveAfterMs), out.code);
}

function stayOutside(link: UserLink, claim: Claim, intent: Intent): Decision {
  const { scope, tellsChange, version, want } = intent;
  const isNews = scope === 'outside' && tellsChange && version > (link.scopedAt ?? 0);
  const note = { ...switchOf(link, intent), ...(isNews ? { scopedAt: version } : {}) };
  const isToGoOff = want === 'disabled' && version >= (link.blockedAt ?? 0);
  if (isToGoOff && mayHaveAccount(link) && !isOff(link))
    return { do: 'work', work: 'disabled', from: { ...link, ...note } };
  return isNothing(note) ? end('out-of-scope') : write(noting(link, claim.now, note), 'out-of-scope');
}

const isOff = ({ state, next, lease }: UserLink) =>
  (state === 'disabled' || next === 'delete') && lease === undefined;

/** What the event says of blocking the user, where that is news. */
export function switchOf(link: UserLink | undefined, { want, version }: Intent): Wish {
  const { blocked, blockedAt = 0 } = link ?? {};
  const isSaid = want === 'disabled' || want === 'enabled';
  const isKnown = version < blockedAt || (version === blockedAt && blocked === (want === 'disabled'));
  return isSaid && !isKnown ? { blocked: want === 'disabled', blockedAt: version } : {};
}
