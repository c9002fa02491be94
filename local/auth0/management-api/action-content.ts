import { ApiError } from './api-error';
import type { ActionChanges } from './request-bodies';
import type { Content } from './stored-action';
import type { Trigger } from './triggers';

/** What an Action holds after a request; what the request leaves out stays. */
export function contentOf(
  body: ActionChanges,
  { triggers, time, before }: { triggers: readonly Trigger[]; time: string; before?: Content | undefined },
): Content {
  const trigger = triggerOf(body, triggers, before);
  return {
    code: body.code ?? before?.code ?? '',
    runtime: runtimeOf(body, trigger, before),
    dependencies: body.dependencies ?? before?.dependencies ?? [],
    // A list of secrets replaces the one before, names and values.
    secrets: body.secrets?.map((secret) => ({ ...secret, updatedAt: time })) ?? before?.secrets ?? [],
    trigger: { id: trigger.id, version: trigger.version },
  };
}

function triggerOf(
  { supported_triggers }: ActionChanges,
  triggers: readonly Trigger[],
  before?: Content,
): Trigger {
  const { id, version } = supported_triggers?.[0] ?? before?.trigger ?? { id: '', version: undefined };
  const found = triggers.find(
    (one) => one.id === id && (version === undefined ? one.status === 'CURRENT' : one.version === version),
  );
  if (found !== undefined) return found;
  throw new ApiError(400, `The trigger ${id} ${version ?? ''} does not exist.`, 'invalid_body');
}

function runtimeOf(body: ActionChanges, trigger: Trigger, before?: Content): string {
  const runtime = body.runtime ?? before?.runtime ?? trigger.default_runtime;
  if (trigger.runtimes.includes(runtime)) return runtime;
  throw new ApiError(
    400,
    `The trigger ${trigger.id} does not support the runtime ${runtime}.`,
    'invalid_body',
  );
}
