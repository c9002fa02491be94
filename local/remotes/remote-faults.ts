/** What is to go wrong in a remote system. Fields that are left out match everything. */
export interface RemoteFault {
  /** Name of the system, such as `crm`. */
  readonly remote?: string;
  /** `POST /Users`; a single account is `GET /Users/{id}`. */
  readonly operation?: string;
  /** `after`: the call took effect and the caller gets no good answer. */
  readonly when: 'before' | 'after';
  /** `kill` ends the calling connector's instances, `hang` never answers, `reset` drops the connection. */
  readonly effect: 'error' | 'kill' | 'hang' | 'reset';
  /** @default 500 */
  readonly status?: number;
  /** Added to an `error`, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How often; @default until removed */
  readonly times?: number;
}

/** The faults of one remote system, in the order they were added. */
export class RemoteFaults {
  private rules: { readonly rule: RemoteFault; left: number }[] = [];

  add(rule: RemoteFault): void {
    this.rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.rules = [];
  }

  /** The first rule for the operation, used up once. */
  take(operation: string, when: RemoteFault['when']): RemoteFault | undefined {
    const found = this.rules.find(
      ({ rule }) => rule.when === when && (rule.operation === undefined || rule.operation === operation),
    );
    if (!found) return undefined;
    found.left -= 1;
    this.rules = this.rules.filter(({ left }) => left > 0);
    return found.rule;
  }
}

/** `GET` and `/Users/42` -> `GET /Users/{id}`. */
export function operationOf(method: string, path: string): string {
  const [collection = '', id] = path.split('/').filter((part) => part !== '');
  return `${method} /${collection}${id === undefined ? '' : '/{id}'}`;
}
