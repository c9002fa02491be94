import type { MeteredCall } from './call-meter';
import type { ServiceName } from './front-door';

/** What is to go wrong. Fields that are left out match everything. */
export interface FaultRule {
  readonly service?: ServiceName;
  readonly operation?: string;
  readonly caller?: string;
  readonly resource?: string;
  /** `after`: the call took effect and the caller gets no good answer. */
  readonly when: 'before' | 'after';
  /** `kill` ends the instances of the calling function, `hang` never answers, `slow` goes on after `delayMs`. */
  readonly effect: 'error' | 'kill' | 'hang' | 'slow';
  /** Real milliseconds. @default 1000 */
  readonly delayMs?: number;
  /** @default 500 */
  readonly status?: number;
  /** @default 'InternalFailure' */
  readonly code?: string;
  /** How often; @default until removed */
  readonly times?: number;
}

export interface Faults {
  add(rule: FaultRule): void;
  clear(): void;
  list(): FaultRule[];
  /** Takes the first rule that matches and uses it up once. */
  take(call: MeteredCall, when: FaultRule['when']): FaultRule | undefined;
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add: (rule) => void rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY }),
    clear() {
      rules = [];
    },
    list: () => rules.map(({ rule }) => rule),
    take(call, when) {
      const found = rules.find(({ rule }) => rule.when === when && matches(rule, call));
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) rules = rules.filter((other) => other !== found);
      return found.rule;
    },
  };
}

function matches(rule: FaultRule, call: MeteredCall): boolean {
  return (['service', 'operation', 'caller', 'resource'] as const).every(
    (key) => rule[key] === undefined || rule[key] === call[key],
  );
}
