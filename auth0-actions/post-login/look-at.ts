import { LIMITS } from '../../events/event-limits';
import { readText, readTimestamp } from '../../events/read-value';
import type { ActionSettings, ConnectionRule, LinkedSystem } from '../action-settings';
import { ruleOf, systemsOf } from '../connection-rule';
import type { Revisions } from '../revisions';
import type { Provisioning } from './claims';
import { readFlag } from './flag';
import { isInteractive } from './is-interactive';
import { isDue } from './ramp';

/**
 * `none`: nobody is called. `ask`: how far the accounts are that were asked for. `tell`: of somebody who is new, and has
 * none; asked is only whether the page is there that they would be sent to. `tell-and-ask`: of somebody who may have
 * all that is required already, and need not see a page then.
 */
export type Course = 'none' | 'ask' | 'tell' | 'tell-and-ask';

/** A sign-up and the login that it ends in, with a mail to confirm between them. */
const NEW_FOR_MS = 15 * 60_000;

export interface Look {
  readonly course: Course;
  /** What may be said without asking. */
  readonly known: Provisioning;
  readonly rule: ConnectionRule;
  /** In which the person is to have an account. */
  readonly systems: readonly LinkedSystem[];
}

/** Whether the person may have to wait for an account. */
export function mayWait({ systems }: Look): boolean {
  return systems.some(({ required = false }) => required);
}

export interface LookDeps {
  readonly settings: ActionSettings;
  readonly revisions: Revisions;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What there is to do at a login, by what Auth0 handed over alone. */
export function lookAt(event: unknown, deps: LookDeps): Look {
  const rule = ruleOf(event, deps.settings);
  if (rule.jit === false) return { course: 'none', known: { state: 'pass-through' }, rule, systems: [] };
  const flag = readFlag(event);
  const state = flag?.rev === rule.rev ? flag.state : undefined;
  return {
    course: isInteractive(event) ? courseOf(event, rule, state, deps) : 'none',
    known: { state: state ?? 'unknown' },
    rule,
    systems: systemsOf(rule, deps.settings),
  };
}

function courseOf(
  event: unknown,
  { rev }: ConnectionRule,
  state: 'requested' | 'ready' | undefined,
  { settings, revisions, now }: LookDeps,
): Course {
  if (state !== undefined) return state === 'ready' ? 'none' : 'ask';
  if (readFlag(event) === undefined) return isNew(event, now()) ? 'tell' : 'tell-and-ask';
  const userId = readText(event, 'user.user_id', LIMITS.userId) ?? '';
  const { rampHours } = settings;
  return isDue(userId, rev, { since: revisions.get(rev), rampHours, now: now() }) ? 'tell-and-ask' : 'none';
}

// Who was there before the Action was, or before their connection brought accounts, has no flag either.
function isNew(event: unknown, now: number): boolean {
  const createdAt = Date.parse(readTimestamp(event, 'user.created_at') ?? '');
  return !(now - createdAt > NEW_FOR_MS);
}
