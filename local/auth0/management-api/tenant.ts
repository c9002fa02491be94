import { randomUUID } from 'node:crypto';
import { contentOf } from './action-content';
import { ApiError } from './api-error';
import { EventStreams } from './event-streams';
import type { ActionChanges, BindingRequest, NewAction } from './request-bodies';
import type { BuildStatus, StoredAction, Version } from './stored-action';
import { TENANT_LIMITS as LIMITS } from './tenant-limits';
import { type Binding, TriggerBindings } from './trigger-bindings';
import { TRIGGERS, type Trigger } from './triggers';
import { type ApiUsers, NO_USERS } from './user-routes';

export interface TenantOptions {
  /** Epoch ms. */
  readonly now: () => number;
  /** @default those of a new tenant */
  readonly triggers?: readonly Trigger[];
}

const BUILDING: readonly BuildStatus[] = ['building', 'packaged', 'built'];
const FAILING: readonly BuildStatus[] = ['building', 'retrying', 'failed'];

/** Actions, versions, bindings and event streams of a tenant, and Auth0's rules for them. */
export class Tenant {
  readonly triggers: readonly Trigger[];
  readonly streams: EventStreams;
  /** Nobody, until a run says who signed up. */
  users: ApiUsers = NO_USERS;
  /** This many of the next builds fail, as one does whose dependency cannot be installed. */
  failBuilds = 0;
  private readonly actions = new Map<string, StoredAction>();
  private readonly bindings: TriggerBindings;
  private readonly now: () => number;

  constructor({ now, triggers = TRIGGERS }: TenantOptions) {
    this.now = now;
    this.triggers = triggers;
    this.bindings = new TriggerBindings(now);
    this.streams = new EventStreams(now);
  }

  list(): StoredAction[] {
    return [...this.actions.values()];
  }

  action(id: string): StoredAction {
    const action = this.actions.get(id);
    if (action === undefined) throw new ApiError(404, 'That action does not exist.', 'inexistent_action');
    return action;
  }

  /** Each look at an Action finds what goes on behind the API one stage further. */
  look(id: string): StoredAction {
    const action = this.action(id);
    action.status = action.nextStages.shift() ?? action.status;
    for (const version of action.versions) version.deployed = true;
    return action;
  }

  create(body: NewAction): StoredAction {
    if (this.actions.size >= LIMITS.actions) {
      throw new ApiError(403, `A tenant takes ${LIMITS.actions} actions.`, 'too_many_entities');
    }
    this.refuseTaken(body.name);
    const time = this.time();
    const action: StoredAction = {
      ...{ id: randomUUID(), name: body.name, createdAt: time, updatedAt: time, versions: [] },
      ...{ draft: contentOf(body, { triggers: this.triggers, time }), ...this.newBuild() },
    };
    this.actions.set(action.id, action);
    return action;
  }

  update(id: string, body: ActionChanges): StoredAction {
    const action = this.action(id);
    if (body.name !== undefined && body.name !== action.name) this.refuseTaken(body.name);
    const [updatedAt, { triggers }] = [this.time(), this];
    const draft = contentOf(body, { triggers, time: updatedAt, before: action.draft });
    return Object.assign(action, { draft, updatedAt, name: body.name ?? action.name, ...this.newBuild() });
  }

  deploy(id: string): Version {
    const action = this.action(id);
    if (action.status !== 'built') {
      action.status = action.nextStages.shift() ?? action.status;
      throw new ApiError(400, "A draft must be in the 'built' state before it can be deployed.");
    }
    const number = (action.versions.at(-1)?.number ?? 0) + 1;
    const version = { ...action.draft, id: randomUUID(), number, createdAt: this.time(), deployed: false };
    action.versions.push(version);
    if (action.versions.length > LIMITS.versions) action.versions.shift();
    return version;
  }

  remove(id: string, force: boolean): void {
    if (this.bindings.has(id) && !force) {
      throw new ApiError(409, 'Unable to delete an action bound to a trigger.');
    }
    if (this.streams.towards(id).length > 0) {
      throw new ApiError(409, 'Unable to delete an action that is the destination of an event stream.');
    }
    this.bindings.drop(id);
    this.actions.delete(id);
  }

  bindingsOf(triggerId: string): readonly Binding[] {
    if (this.triggers.some(({ id }) => id === triggerId)) return this.bindings.of(triggerId);
    throw new ApiError(404, `The trigger ${triggerId} does not exist.`);
  }

  bind(triggerId: string, requests: readonly BindingRequest[]): readonly Binding[] {
    this.bindingsOf(triggerId);
    this.refuseEntityBound(triggerId);
    this.bindings.replace(triggerId, requests, this.list());
    return this.bindingsOf(triggerId);
  }

  private refuseEntityBound(triggerId: string): void {
    const isBindable = this.triggers.some(
      ({ id, binding_policy: policy }) => id === triggerId && policy === 'trigger-bound',
    );
    if (!isBindable) throw new ApiError(400, `The trigger ${triggerId} takes no bindings.`, 'invalid_body');
  }

  private refuseTaken(name: string): void {
    if (this.list().every((other) => other.name !== name)) return;
    throw new ApiError(409, 'An action with the same name already exists.');
  }

  private newBuild(): { status: BuildStatus; nextStages: BuildStatus[] } {
    const stages = this.failBuilds > 0 ? FAILING : BUILDING;
    this.failBuilds = Math.max(0, this.failBuilds - 1);
    return { status: 'pending', nextStages: [...stages] };
  }

  private time(): string {
    return new Date(this.now()).toISOString();
  }
}
