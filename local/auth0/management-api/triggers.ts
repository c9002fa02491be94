/** A version of a trigger, as `GET /actions/triggers` tells it. */
export interface Trigger {
  readonly id: string;
  readonly version: string;
  readonly status: 'CURRENT' | 'DEPRECATED';
  readonly runtimes: readonly string[];
  readonly default_runtime: string;
  readonly binding_policy: 'trigger-bound' | 'entity-bound';
  readonly compatible_triggers: readonly { readonly id: string; readonly version: string }[];
}

/** Those of a new tenant that Actions are written for; current ones first, as a tenant answers them. */
export const TRIGGERS: readonly Trigger[] = [
  trigger('post-login', 'v3'),
  trigger('credentials-exchange', 'v2'),
  trigger('pre-user-registration', 'v2'),
  deprecated('post-user-registration', 'v1'),
  trigger('post-user-registration', 'v2'),
  trigger('post-change-password', 'v2'),
  trigger('send-phone-message', 'v2'),
  trigger('password-reset-post-challenge', 'v1'),
  // An Action of this one is bound to nothing: an event stream has it as its destination.
  { ...trigger('event-stream', 'v1'), binding_policy: 'entity-bound' },
];

function trigger(id: string, version: string): Trigger {
  const runtimes = { runtimes: ['node18-actions', 'node22'], default_runtime: 'node22' };
  return {
    id,
    version,
    status: 'CURRENT',
    ...runtimes,
    binding_policy: 'trigger-bound',
    compatible_triggers: [],
  };
}

function deprecated(id: string, version: string): Trigger {
  return { ...trigger(id, version), status: 'DEPRECATED', runtimes: ['node22'], default_runtime: 'node12' };
}
