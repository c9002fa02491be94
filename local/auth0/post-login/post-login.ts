import type { DeployedAction } from '../management-api/deployed-action';
import type { Profile, UserChange } from '../tenant-users';
import type { ActionCall, Trigger } from '../trigger';
import { RUN_LIMIT_MS } from '../trigger';
import { type Effects, noEffects, type WantedFactor, withChanges } from './effects';
import type { AuthenticationMethod, Login, RequestFacts } from './login';
import { createPostLoginApi } from './post-login-api';
import { postLoginEvent } from './post-login-event';
import { usableFactors } from './usable-factors';

/** How the Actions left a login, for now or for good. */
export type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'denied'; readonly reason: string }
  /** The browser is to go there, and comes back with the state. */
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'factor'; readonly wanted: WantedFactor }
  /** As OAuth names it. */
  | { readonly kind: 'failed'; readonly error: string; readonly description: string };

/** What a login goes on with, after it was held up. */
export type Continuation =
  | { readonly kind: 'redirect'; readonly request: RequestFacts; readonly state: string }
  | { readonly kind: 'factor'; readonly request: RequestFacts; readonly type: string };

export interface PostLoginDeps {
  readonly trigger: Trigger;
  readonly users: {
    find(userId: string): Profile | undefined;
    change(userId: string, changes: object): UserChange;
  };
  /** Hears of what the Actions wrote. */
  readonly onChange: (change: UserChange) => void;
  readonly domain: string;
  /** Names. */
  readonly rolesOf: (userId: string) => readonly string[];
  readonly factorsOf: (userId: string) => readonly string[];
  readonly loginsOf: (userId: string) => number;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * The Actions of one login. They run one after the other; one that sends the browser away or asks for a factor lets
 * those behind it wait, and those before it do not run again.
 */
export class PostLogin {
  /** All that they asked for so far. */
  readonly effects: Effects = noEffects();
  /** What they printed. */
  readonly lines: string[] = [];
  private readonly actions: readonly DeployedAction[];
  private readonly factorsDone: { readonly type: string; readonly timestamp: string }[] = [];
  private next = 0;

  constructor(
    private readonly deps: PostLoginDeps,
    readonly login: Login,
  ) {
    this.actions = deps.trigger.actions();
  }

  /** How the person showed so far who they are. */
  get methods(): readonly AuthenticationMethod[] {
    const timestamp = new Date(this.deps.now()).toISOString();
    return [
      ...this.login.visitor.methods,
      ...this.factorsDone.map((factor) => ({ name: 'mfa', ...factor })),
      ...this.effects.methods.map((name) => ({ name, timestamp })),
    ];
  }

  start(request: RequestFacts, state: string): Promise<Ending> {
    return this.run(request, state);
  }

  /** @param state that the browser comes back with, should it be sent away once more */
  goOn(continuation: Continuation, state: string): Promise<Ending> {
    const { request } = continuation;
    if (continuation.kind === 'redirect') return this.run(request, state, continuation.state);
    const timestamp = new Date(this.deps.now()).toISOString();
    this.factorsDone.push({ type: continuation.type, timestamp });
    return this.run(request, state);
  }

  // One limit for all Actions, which begins anew whenever the login goes on.
  private async run(request: RequestFacts, state: string, continued?: string): Promise<Ending> {
    const until = performance.now() + RUN_LIMIT_MS;
    let isContinued = continued !== undefined;
    for (; this.next < this.actions.length; this.next += 1) {
      const action = this.actions[this.next] as DeployedAction;
      const { failure } = await this.call(action, {
        request,
        until,
        continued: isContinued ? continued : undefined,
      });
      isContinued = false;
      if (failure !== undefined) return failed('access_denied', failure);
      const ending = this.endingOf(state);
      if (ending !== undefined) return ending;
    }
    if (this.effects.lastFactor && !this.methods.some(({ name }) => name === 'mfa'))
      return this.hold(this.anyFactor());
    this.write();
    return { kind: 'done' };
  }

  private async call(
    action: DeployedAction,
    { request, until, continued }: { request: RequestFacts; until: number; continued: string | undefined },
  ): Promise<ActionCall> {
    const { trigger } = this.deps;
    const handler = continued === undefined ? 'onExecutePostLogin' : 'onContinuePostLogin';
    const given = { event: this.event(action, request), api: this.api(request, continued) };
    const call = await trigger.call(action, handler, { ...given, leftMs: until - performance.now() });
    this.lines.push(...call.lines);
    return call;
  }

  /** Undefined where the next Action may run. */
  private endingOf(state: string): Ending | undefined {
    const { denied, redirect, factor } = this.effects;
    if (denied !== undefined) {
      this.write();
      return { kind: 'denied', reason: denied };
    }
    if (factor !== undefined) {
      delete this.effects.factor;
      this.next += 1;
      return this.hold(factor);
    }
    if (redirect === undefined) return undefined;
    delete this.effects.redirect;
    if (!this.canRedirect) return failed('interaction_required', 'An Action asks for a redirect');
    this.write();
    redirect.searchParams.set('state', state);
    return { kind: 'redirect', url: redirect.href };
  }

  private hold(wanted: WantedFactor): Ending {
    const usable = usableFactors(wanted, this.deps.factorsOf(this.login.visitor.userId), this.user());
    if (usable.length === 0) return failed('access_denied', 'None of the factors can be used');
    if (this.canRedirect) return { kind: 'factor', wanted: { ...wanted, types: usable } };
    const error = this.login.way === 'silent' ? 'interaction_required' : 'mfa_required';
    return failed(error, 'Multifactor authentication required');
  }

  private anyFactor(): WantedFactor {
    const types = this.deps.factorsOf(this.login.visitor.userId);
    return types.length > 0 ? { kind: 'challenge', types } : { kind: 'enroll', types: ['otp'] };
  }

  private get canRedirect(): boolean {
    return this.login.way === 'browser';
  }

  private user(): Profile {
    const user = this.deps.users.find(this.login.visitor.userId);
    if (user === undefined) throw new Error('The user is no more');
    return user;
  }

  private event(action: DeployedAction, request: RequestFacts): object {
    const { login, deps, effects } = this;
    const user = this.user();
    const { userId } = login.visitor;
    return postLoginEvent({
      ...{ login, request, transaction: effects.transaction, secrets: action.secrets },
      // What an Action wrote, those behind it see.
      user: {
        ...user,
        app_metadata: withChanges(user.app_metadata, effects.appMetadata),
        user_metadata: withChanges(user.user_metadata, effects.userMetadata),
      },
      tenantId: deps.domain.split('.')[0] ?? '',
      loginsCount: deps.loginsOf(userId),
      roles: deps.rolesOf(userId),
      factors: deps.factorsOf(userId),
      methods: this.methods,
    });
  }

  private api({ ip, query, body }: RequestFacts, continued: string | undefined): object {
    const { trigger, domain, now } = this.deps;
    return createPostLoginApi({
      ...{ effects: this.effects, cache: trigger.cache, canRedirect: this.canRedirect, now },
      subject: { userId: this.login.visitor.userId, issuer: domain, ip },
      ...(continued === undefined
        ? {}
        : { continued: { state: continued, parameters: { ...query, ...body } } }),
    });
  }

  /** One write of all that was asked for, as it costs the tenant one of its calls. */
  private write(): void {
    const { appMetadata, userMetadata } = this.effects;
    const user = this.user();
    const changes = {
      ...changedMetadata('app_metadata', user, appMetadata),
      ...changedMetadata('user_metadata', user, userMetadata),
    };
    for (const written of [appMetadata, userMetadata])
      for (const name of Object.keys(written)) delete written[name];
    if (Object.keys(changes).length === 0) return;
    this.deps.onChange(this.deps.users.change(user.user_id, changes));
  }
}

function changedMetadata(
  name: 'app_metadata' | 'user_metadata',
  user: Profile,
  changes: Record<string, unknown>,
) {
  return Object.keys(changes).length === 0 ? {} : { [name]: withChanges(user[name], changes) };
}

function failed(error: string, description: string): Ending {
  return { kind: 'failed', error, description };
}
