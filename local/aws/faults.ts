import { createFaultList, type FaultList, type Frequency } from '../faults/fault-list';
import type { MeteredCall } from './call-meter';
import type { ServiceName } from './front-door';

/** What is to go wrong. Fields that are left out match everything. */
export interface FaultRule extends Frequency {
  readonly service?: ServiceName;
  readonly operation?: string;
  readonly caller?: string;
  readonly resource?: string;
  /** `after`: the call took effect and the caller gets no good answer. */
  readonly when: 'before' | 'after';
  /**
   * `kill` ends the instances of the calling function, `hang` never answers, `reset` breaks the connection, `slow` goes
   * on after `delayMs`, `repeat` lets a call take effect once more, as SQS may deliver what it took once.
   */
  readonly effect: 'error' | 'kill' | 'hang' | 'reset' | 'slow' | 'repeat';
  /** Real milliseconds. @default 1000 */
  readonly delayMs?: number;
  /** @default 500 */
  readonly status?: number;
  /** @default 'InternalFailure' */
  readonly code?: string;
}

export interface Faults extends Omit<FaultList<FaultRule>, 'take'> {
  /** Takes the first rule that matches and uses it up once. */
  take(call: MeteredCall, when: FaultRule['when']): FaultRule | undefined;
}

/** @param now virtual epoch ms */
export function createFaults(now: () => number, random?: () => number): Faults {
  const rules = createFaultList<FaultRule>(now, random);
  return {
    ...rules,
    take: (call, when) => rules.take((rule) => rule.when === when && matches(rule, call)),
  };
}

function matches(rule: FaultRule, call: MeteredCall): boolean {
  return (['service', 'operation', 'caller', 'resource'] as const).every(
    (key) => rule[key] === undefined || rule[key] === call[key],
  );
}
