import type { AttributeValue } from '../../../events/event-schema';

/** Whatever reads JSON and throws when it is not what it should be: a schema of zod, or an object of your own. */
export interface Parser<Value> {
  parse(json: unknown): Value;
}

/** An account as the system shows it. */
export interface SystemAccount {
  /** The system's own id of it. */
  readonly id: string | number;
  /** What the system keeps of ours; absent, null or empty where it keeps nothing. */
  readonly externalId?: string | null | undefined;
  /** Whether it is switched on; absent where the system does not say. */
  readonly active?: boolean | undefined;
  /** What it shows, under the names that the configuration gives its attributes. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a search found. */
export interface SystemAccounts {
  readonly accounts: readonly SystemAccount[];
  /** True where there are, or may be, others that the answer does not show. @default false */
  readonly more?: boolean | undefined;
}

/** An account that is to be made. It is switched on. */
export interface NewAccount {
  /** Ours. The system keeps it, and is asked for the account by it from then on. */
  readonly externalId: string;
  /** Auth0's `user_id`. */
  readonly userId: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** What is to become of an account that is there. What is not named stays as it is. */
export interface AccountChanges {
  /** For an account that carries none. */
  readonly externalId?: string;
  readonly active?: boolean;
  /** Null is to be cleared. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** One call to the API of the system. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The names of the path below `baseUrl`, as `['agents', id]`: each is encoded, and none can lead elsewhere. */
  readonly path: readonly (string | number)[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, instead of `json`. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that the connector understands, besides 2xx. Every other one fails by Punctual's rules. @default [] */
  readonly allow?: readonly number[];
}

/** An answer with a status that is understood. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the answer. Fails with `remote-invalid-answer` where it is something else. */
  as<Value>(parser: Parser<Value>): Value;
  /** The same, and undefined where it is something else. */
  maybe<Value>(parser: Parser<Value>): Value | undefined;
}

/** The system, as a verb of a connector is given it. */
export interface System<Settings> {
  /** From the configuration. */
  readonly settings: Settings;
  /**
   * Calls the API, with what `authorize` makes of the secret. All calls of a verb together have
   * `timeouts.requestSeconds`.
   */
  call(request: ApiRequest): Promise<ApiAnswer>;
}

/** A connector to a system of yours: the calls and nothing else. Each verb may be called again with the same. */
export interface ConnectorDefinition<Settings> {
  /** Reads `settings` of the configuration: when the stack is synthesized, and when the function starts. */
  readonly settings?: Parser<Settings>;
  /** The headers that show who calls. @default `authorization: Bearer` and the secret */
  readonly authorize?: (secret: string) => Readonly<Record<string, string>>;
  /**
   * Attributes that the system compares without case, of those that `correlate` names. @default each is compared with
   * case
   */
  readonly ignoresCaseOf?: readonly string[];
  /** Places in the bodies of requests that hold no word of a person, as `/suspended`: `explain` shows them. */
  readonly plain?: readonly string[];
  /** Names in paths that hold no word of a person, as `agents`: `explain` shows them. */
  readonly plainNames?: readonly string[];
  /** Accounts with this externalId. */
  find(system: System<Settings>, externalId: string): Promise<SystemAccounts>;
  /** The account with this id; undefined where there is none. */
  read(system: System<Settings>, id: string): Promise<SystemAccount | undefined>;
  /** Accounts that show `value` in an attribute. Needed for `correlate`, and for nothing else. */
  match?(system: System<Settings>, attribute: string, value: string): Promise<SystemAccounts>;
  /** Makes an account, and gives its id, whatever the system says of it. `exists`: something of it is there already. */
  create(system: System<Settings>, account: NewAccount): Promise<{ readonly id: unknown } | 'exists'>;
  /** Changes what `changes` names. `gone`: there is no such account. `exists`: another one has what it would have. */
  update(
    system: System<Settings>,
    id: string,
    changes: AccountChanges,
    account: SystemAccount,
  ): Promise<'changed' | 'gone' | 'exists'>;
  /** Removes the account for good. Leave it out where the system cannot: the account is switched off then. */
  remove?(system: System<Settings>, id: string): Promise<'removed' | 'gone'>;
}
