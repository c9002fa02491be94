import type { SampleUser } from '../sample-user';

/** How somebody, or a program in their name, comes in. */
export const WAYS_IN = ['browser', 'silent', 'refresh', 'password'] as const;
export type WayIn = (typeof WAYS_IN)[number];

/** What an Action is told of the request that the login goes on with. */
export interface RequestFacts {
  readonly method: string;
  readonly hostname: string;
  readonly ip: string;
  readonly language?: string;
  readonly user_agent?: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
}

export interface AuthenticationMethod {
  readonly name: string;
  readonly timestamp: string;
  /** Of a factor. */
  readonly type?: string;
}

/** Who came in, and how they proved who they are. */
export interface Visitor {
  readonly userId: string;
  readonly connection: SampleUser['connection'];
  readonly methods: readonly AuthenticationMethod[];
}

/** One login: from what an application asked for until it has its answer. */
export interface Login {
  /** Auth0's `event.transaction.id`. */
  readonly id: string;
  readonly way: WayIn;
  readonly client: { readonly client_id: string; readonly name: string };
  /** What the application asked for. */
  readonly asked: Readonly<Record<string, string>>;
  readonly visitor: Visitor;
  /** Of the tenant's session. */
  readonly sessionId?: string;
}
