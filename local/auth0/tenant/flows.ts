import { randomBytes } from 'node:crypto';
import type { Login, RequestFacts, Visitor } from '../post-login/login';
import type { Continuation, PostLogin } from '../post-login/post-login';

/** A login in a browser, from the first page to the answer for the application. */
export interface Flow {
  readonly id: string;
  readonly client: Login['client'];
  /** What the application asked for, its own parameters too. */
  readonly asked: Readonly<Record<string, string>>;
  /** Of whom it was begun by: nobody else goes on with it. */
  readonly browser: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** The request that it goes on with. */
  request: RequestFacts;
  /** What oidc-provider waits for. */
  interaction?: string;
  visitor?: Visitor;
  postLogin?: PostLogin;
  /** What the Actions go on with when the browser is back. */
  continuation?: Continuation;
  /** Where the browser is to go now. */
  destination?: string;
}

/** What a flow waits for. A state of one kind leads to no other. */
export type Waiting = 'person' | 'redirect' | 'factor';

/** A state that is of no flow, of another browser or of a flow that is over. */
export class UnknownStateError extends Error {}

/** A login with all its redirects ends within an hour. */
const LONGEST_MS = 3_600_000;

/** Logins under way, by the one state that each of them waits with. */
export class Flows {
  private readonly flows = new Map<string, Flow>();
  private readonly states = new Map<string, { readonly id: string; readonly waiting: Waiting }>();

  /** @param now epoch ms */
  constructor(private readonly now: () => number) {}

  open(begun: Omit<Flow, 'id' | 'startedAt'>): Flow {
    this.sweep();
    const flow = { id: newSecret(), startedAt: this.now(), ...begun };
    this.flows.set(flow.id, flow);
    return flow;
  }

  get(id: string): Flow | undefined {
    return this.flows.get(id);
  }

  /** The state that the browser comes back with. */
  wait(flow: Flow, waiting: Waiting): string {
    const state = newSecret();
    this.states.set(state, { id: flow.id, waiting });
    return state;
  }

  /** Throws {@link UnknownStateError}. */
  find(state: string, waiting: Waiting, browser: string): Flow {
    const known = this.states.get(state);
    const flow = known === undefined ? undefined : this.flows.get(known.id);
    const isOver = flow === undefined || this.now() - flow.startedAt > LONGEST_MS;
    if (isOver || known?.waiting !== waiting || flow.browser !== browser) throw new UnknownStateError();
    return flow;
  }

  /** The state leads nowhere any more. */
  use(state: string): void {
    this.states.delete(state);
  }

  end(flow: Flow): void {
    this.flows.delete(flow.id);
    for (const [state, { id }] of this.states) if (id === flow.id) this.states.delete(state);
  }

  private sweep(): void {
    for (const flow of this.flows.values()) if (this.now() - flow.startedAt > LONGEST_MS) this.end(flow);
  }
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}
