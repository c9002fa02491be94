import { type BreakerState, NEVER_OPENED } from '../../../events/breaker-state';
import type { RetryCode } from '../../../events/codes';
import { errorName, type Log } from '../../runtime/logger';
import type { Metrics } from '../../runtime/metrics';
import { createKnownItem, type KnownItem } from '../../system-items/known-item';
import type { SharedItem } from '../../system-items/shared-item';
import { createUserOutcomes, type UserOutcomes } from '../outcome/user-outcomes';
import { type Attempted, asking, knownForMs, serving } from './asked-for-time';
import { type Admission, admissionOf, type BreakerPolicy, probed, tripped } from './breaker';
import type { Sample } from './sample-of';

/** Asked before work on a link begins. */
export interface Gate {
  /** Whether the system may be called now. Never rejects: what cannot be known stops nobody. */
  admit(userRef: string): Promise<Admitted | Refused>;
}

export interface Admitted {
  readonly admitted: true;
  /** To be called once the work is over, however it ended. Calls after the first do nothing. Never rejects. */
  settle(sample: Sample): Promise<void>;
}

export interface Refused {
  readonly admitted: false;
  readonly code: RetryCode & ('breaker-open' | 'remote-throttled');
  /** Milliseconds until it is worth asking again. */
  readonly forMs: number;
}

export interface GateDeps {
  readonly system: string;
  /** Of a system that has several: each has a breaker of its own. */
  readonly instance?: string;
  readonly item: SharedItem<BreakerState>;
  readonly policy: BreakerPolicy;
  /** Epoch ms. */
  readonly now: () => number;
  readonly newToken: () => string;
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Inside extends GateDeps {
  readonly breaker: KnownItem<BreakerState>;
  readonly outcomes: UserOutcomes;
  /** Who was served last, as far as this instance knows. */
  served?: Attempted;
}

/** The breaker of a system as one instance of its function works it: samples are its own, the state is everybody's. */
export function createGate(deps: GateDeps): Gate {
  const { item, now, policy, log } = deps;
  const onUnreadable = (error: unknown) =>
    log('warn', 'breaker not read', { ...placeOf(deps), error: errorName(error) });
  const breaker = createKnownItem({ item, now, onUnreadable, initial: NEVER_OPENED, knownForMs });
  const outcomes = createUserOutcomes(policy, now);
  const inside: Inside = { ...deps, breaker, outcomes };
  return { admit: (userRef) => admit(inside, userRef) };
}

// A breaker that cannot be written is one that stays as it is: the work itself is done.
function once(inside: Inside, act: (sample: Sample) => Promise<void>): Admitted {
  let isSettled = false;
  const settle = async (sample: Sample) => {
    if (isSettled) return;
    isSettled = true;
    await act(sample).catch((error) => unwritten(inside, error));
  };
  return { admitted: true, settle };
}

async function admit(inside: Inside, userRef: string): Promise<Admitted | Refused> {
  const token = inside.newToken();
  const seen = await inside.breaker.look();
  const admission = admissionOf(seen, inside.now(), token, inside.policy);
  if (admission.do === 'wait') return refuse(inside, admission);
  const attempted = { userRef, beganAt: inside.now() };
  if (admission.do === 'go') return once(inside, (sample) => note(inside, attempted, seen, sample));
  return probe(inside, attempted, token);
}

function refuse(inside: Inside, { code, forMs }: Admission & { do: 'wait' }): Refused {
  tell(inside, code === 'breaker-open' ? 'BreakerOpen' : 'HeldBack', 1);
  return { admitted: false, code, forMs };
}

async function probe(inside: Inside, attempted: Attempted, token: string): Promise<Admitted | Refused> {
  const { breaker, now, policy } = inside;
  const admissionNow = (state: BreakerState) => admissionOf(state, now(), token, policy);
  const change = await breaker
    .change((state) => {
      const admission = admissionNow(state);
      return admission.do === 'probe' ? admission.next : undefined;
    })
    .catch((error) => unwritten(inside, error));
  // Whoever cannot write cannot agree with others either. Rather too many calls than an account that never comes.
  if (change === undefined) return once(inside, async () => {});
  const { value } = change;
  if (value.probe?.token === token)
    return once(inside, (sample) => endProbe(inside, attempted, token, sample));
  const admission = admissionNow(value);
  return admission.do === 'wait' ? refuse(inside, admission) : once(inside, async () => {});
}

/** What an attempt says while the breaker is closed. */
async function note(inside: Inside, attempted: Attempted, seen: BreakerState, sample: Sample): Promise<void> {
  const { breaker, outcomes, now, policy } = inside;
  const { since } = seen;
  const { says } = sample;
  if (says === 'well') await served(inside, attempted, seen);
  await heed(inside, attempted, sample);
  if (says === 'unclear') return;
  outcomes.note(attempted.userRef, since, says !== 'well');
  if (says === 'well' || !outcomes.areBad()) return;
  // What was seen before the breaker opened and closed again says nothing of the time after it.
  const isSame = (state: BreakerState) => state.state === 'closed' && state.since === since;
  const { written } = await breaker.change((state) =>
    isSame(state) ? tripped(state, now(), says, policy) : undefined,
  );
  if (written) announce(inside, 'breaker opened', says);
}

async function endProbe(inside: Inside, attempted: Attempted, token: string, sample: Sample): Promise<void> {
  const { breaker, now, policy } = inside;
  const { says, pauseMs } = sample;
  const { value, written } = await breaker.change((state) =>
    probed(state, token, says, now(), policy, pauseMs),
  );
  if (written && value.state === 'closed') announce(inside, 'breaker closed');
  else if (written && says !== 'unclear') announce(inside, 'breaker stays open', value.code);
  await heed(inside, attempted, sample);
}

// What was seen as it began is enough: while nobody is told to wait, it costs no read and no write.
async function served(inside: Inside, attempted: Attempted, seen: BreakerState): Promise<void> {
  inside.served = attempted;
  if (serving(seen, attempted)) await inside.breaker.change((state) => serving(state, attempted));
}

async function heed(inside: Inside, attempted: Attempted, { pauseMs: forMs }: Sample): Promise<void> {
  const { breaker, now, policy, log } = inside;
  if (forMs === undefined) return;
  let until: number | undefined;
  const { value, written } = await breaker.change((state) => {
    until = state.pausedUntil;
    return asking(state, { ...attempted, forMs, served: inside.served }, now(), policy);
  });
  const { pausedUntil } = value;
  if (!written || pausedUntil === undefined || pausedUntil === until) return;
  const afterMs = pausedUntil - now();
  log('warn', 'system held back', { ...placeOf(inside), code: 'remote-throttled', afterMs });
  tell(inside, 'HeldBack', 1);
}

function announce(inside: Inside, words: string, code?: string): void {
  const fields = { ...placeOf(inside), ...(code === undefined ? {} : { code }) };
  inside.log(code === undefined ? 'info' : 'warn', words, fields);
  tell(inside, 'BreakerOpen', code === undefined ? 0 : 1);
}

function tell({ metrics, system }: Inside, name: 'BreakerOpen' | 'HeldBack', value: 0 | 1): void {
  metrics(system, [{ name, value, unit: 'Count' }]);
}

function unwritten(inside: Inside, error: unknown): undefined {
  inside.log('warn', 'breaker not written', { ...placeOf(inside), error: errorName(error) });
}

const placeOf = ({ system, instance }: GateDeps) => ({
  system,
  ...(instance === undefined ? {} : { instance }),
});
