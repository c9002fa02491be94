import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error';
import type { BindingRequest } from './request-bodies';
import { deployedVersion, type StoredAction } from './stored-action';
import { TENANT_LIMITS as LIMITS } from './tenant-limits';

export interface Binding {
  readonly id: string;
  readonly actionId: string;
  readonly displayName: string;
  readonly createdAt: string;
}

/** Which Actions run at which trigger, in their order. */
export class TriggerBindings {
  private readonly lists = new Map<string, readonly Binding[]>();

  constructor(private readonly now: () => number) {}

  of(triggerId: string): readonly Binding[] {
    return this.lists.get(triggerId) ?? [];
  }

  has(actionId: string): boolean {
    return [...this.lists.values()].flat().some((binding) => binding.actionId === actionId);
  }

  drop(actionId: string): void {
    for (const [trigger, list] of this.lists) {
      this.lists.set(
        trigger,
        list.filter((binding) => binding.actionId !== actionId),
      );
    }
  }

  /** The list becomes this one; what is not in it is bound no more. */
  replace(triggerId: string, requests: readonly BindingRequest[], actions: readonly StoredAction[]): void {
    if (requests.length > LIMITS.actionsPerTrigger) {
      throw new ApiError(403, `A trigger takes ${LIMITS.actionsPerTrigger} actions.`, 'too_many_entities');
    }
    this.lists.set(
      triggerId,
      requests.map((request) => this.make(triggerId, request, actions)),
    );
  }

  // Only a reference to a binding keeps it; any other makes a new one, for an Action that is bound already too.
  private make(triggerId: string, request: BindingRequest, actions: readonly StoredAction[]): Binding {
    const { ref, display_name: displayName } = request;
    if (ref.type === 'binding_id') return this.keep(triggerId, ref.value, displayName);
    const action = actions.find(({ id, name }) => (ref.type === 'action_id' ? id : name) === ref.value);
    if (action === undefined) throw new ApiError(404, 'That action does not exist.', 'inexistent_action');
    refuseUnbindable(action, triggerId);
    const createdAt = new Date(this.now()).toISOString();
    return { id: randomUUID(), actionId: action.id, createdAt, displayName: displayName ?? action.name };
  }

  private keep(triggerId: string, id: string, displayName: string | undefined): Binding {
    const kept = this.of(triggerId).find((binding) => binding.id === id);
    if (kept === undefined) throw new ApiError(400, `There is no binding ${id}.`, 'invalid_body');
    return { ...kept, displayName: displayName ?? kept.displayName };
  }
}

function refuseUnbindable(action: StoredAction, triggerId: string): void {
  if (action.draft.trigger.id !== triggerId) {
    throw new ApiError(400, `The action ${action.id} does not support the trigger ${triggerId}.`);
  }
  if (deployedVersion(action) === undefined) {
    throw new ApiError(400, `The action ${action.id} is not deployed yet.`);
  }
}
