import { createFaultList, type FaultList, type Frequency } from '../faults/fault-list';

/**
 * What goes wrong. `when: 'after'`: the call took effect and the caller gets no good answer.
 *
 * - `kill` ends the calling connector's instances, `hang` never answers, `reset` drops the connection
 * - `error` answers with a status; `Retry-After` in seconds of virtual time, or as the date that they lead to
 * - `slow-body` sends half of the answer at once and the rest later
 * - `malformed-json` sends half of the answer only, `wrong-schema` JSON that is something else
 * - `token-expired` refuses the token that was good when the rule was added, until the system's secret has another
 *
 * Of searches alone:
 *
 * - `late-search` does not show accounts that are younger
 * - `paging` shows so many at most, and says how many there are
 * - `more-results` says that there are more than it shows
 * - `filter-ignored` shows everybody
 */
export type RemoteEffect =
  | { readonly when: 'before' | 'after'; readonly effect: 'kill' | 'hang' | 'reset' }
  | {
      readonly when: 'before' | 'after';
      readonly effect: 'error';
      /** @default 500 */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly retryAfterSeconds?: number;
      /** @default 'seconds' */
      readonly retryAfterAs?: 'seconds' | 'date';
    }
  /** Real milliseconds. */
  | { readonly effect: 'slow-body'; readonly delayMs: number }
  | { readonly effect: 'malformed-json' | 'wrong-schema' | 'token-expired' | 'filter-ignored' }
  /** Virtual seconds. */
  | { readonly effect: 'late-search'; readonly lagSeconds: number }
  | { readonly effect: 'paging'; readonly size: number }
  | { readonly effect: 'more-results'; readonly more: number };

/** What is to go wrong in a remote system. Fields that are left out match everything. */
export type RemoteFault = RemoteEffect &
  Frequency & {
    /** Name of the system, such as `crm`. */
    readonly remote?: string;
    /** `POST`, or `POST /Users`; a single account is `GET /Users/{id}`. */
    readonly operation?: string;
  };

/** When in the life of a call a fault comes: before it takes effect, in the list that a search gives, or after all. */
export type Stage = 'before' | 'search' | 'after';

const STAGE_OF = {
  'slow-body': 'after',
  'malformed-json': 'after',
  'wrong-schema': 'after',
  'token-expired': 'before',
  'filter-ignored': 'search',
  'late-search': 'search',
  paging: 'search',
  'more-results': 'search',
} as const satisfies Record<string, Stage>;

export interface RemoteCall {
  readonly operation: string;
  /** The bearer token of the caller. */
  readonly token: string;
}

/** The faults of one remote system. */
export class RemoteFaults {
  private readonly rules: FaultList<RemoteFault & { readonly expired?: string }>;

  /** @param now virtual epoch ms */
  constructor(now: () => number, random?: () => number) {
    this.rules = createFaultList(now, random);
  }

  /** @param token the one that is good now */
  add(rule: RemoteFault, token: string): void {
    this.rules.add({ ...rule, ...(rule.effect === 'token-expired' ? { expired: token } : {}) });
  }

  clear(): void {
    this.rules.clear();
  }

  /** The first rule for the call whose turn it is, used up once. */
  take({ operation, token }: RemoteCall, stage: Stage): RemoteFault | undefined {
    return this.rules.take(
      (rule) =>
        ('when' in rule ? rule.when : STAGE_OF[rule.effect]) === stage &&
        isMeant(rule, operation) &&
        (rule.expired === undefined || rule.expired === token),
    );
  }
}

function isMeant({ operation: meant }: RemoteFault, operation: string): boolean {
  return meant === undefined || meant === operation || meant === operation.split(' ')[0];
}

/** `GET` and `/Users/42` -> `GET /Users/{id}`. */
export function operationOf(method: string, path: string): string {
  const [collection = '', id] = path.split('/').filter((part) => part !== '');
  return `${method} /${collection}${id === undefined ? '' : '/{id}'}`;
}
