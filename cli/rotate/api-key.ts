import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import type { ApiKey } from '../aws/api-keys';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { readApiKeys } from '../keys/event-api-key';
import { outputOf } from '../target/outputs';
import { describeSteps } from './describe-steps';

export const apiKey = defineCommand({
  usage: 'rotate api-key',
  summary: 'a new key for the event API; the old one works until --finish',
  details:
    'First a new key is made and put into the usage plan: both work. Give it to all who send, the Actions first. Then --finish disables the others.',
  options: { finish: { type: 'boolean', default: false, description: 'disables all keys but the newest' } },
  examples: [
    ['rotate api-key', 'makes the new key'],
    ['rotate api-key --finish', 'when everybody uses it'],
  ],
  run: rotateApiKey,
});

export type ApiKeyDeps = Pick<Deps, 'outputs' | 'apiKeys' | 'audit' | 'screen' | 'typed' | 'now'>;

export async function rotateApiKey(
  { finish }: { readonly finish: boolean },
  deps: ApiKeyDeps,
): Promise<Report> {
  const enabled = (await readApiKeys(deps)).filter((key) => key.enabled);
  return finish ? disableOld(enabled, deps) : createNew(enabled, deps);
}

async function createNew(enabled: readonly ApiKey[], deps: ApiKeyDeps): Promise<Report> {
  // A third key would leave nobody knowing which of them is in use.
  if (enabled.length > 1) throw pending(deps);
  const { stackName } = await deps.outputs();
  const plan = outputOf(await deps.outputs(), 'EventApiUsagePlanId');
  const name = `${stackName}-EventApi-${new Date(deps.now()).toISOString().slice(0, 10)}`;
  const { created } = await audited(deps, { act: 'rotate api-key', subject: plan }, async () => ({
    created: await (await deps.apiKeys()).create(plan, name),
    outcome: 'done' as const,
    counts: { created: 1 },
  }));
  deps.screen.print(
    [
      styled('green', `Made the key ${created.id}.`),
      ' Both keys work. API Gateway takes a minute to know it.',
    ],
    '',
    ...describeSteps([
      ['Give it to the Actions:', deps.typed('actions deploy')],
      ['Give it to others who send:', `aws apigateway get-api-key --include-value --api-key ${created.id}`],
      ['Once all of them use it:', deps.typed('rotate api-key --finish')],
    ]),
  );
  return { json: { created: created.id, enabled: [created.id, ...enabled.map(({ id }) => id)] } };
}

function pending({ typed }: Pick<Deps, 'typed'>): CliError {
  return new CliError(
    'rotation-pending',
    'Two keys are enabled: a rotation was begun and not finished',
    `${typed('rotate api-key --finish')} ends it`,
    1,
  );
}

async function disableOld([newest, ...old]: readonly ApiKey[], deps: ApiKeyDeps): Promise<Report> {
  if (newest === undefined || old.length === 0) {
    throw new CliError(
      'nothing-to-finish',
      'There is one enabled key at most',
      `${deps.typed('rotate api-key')} begins a rotation`,
      1,
    );
  }
  const keys = await deps.apiKeys();
  const subject = old.map(({ id }) => id).join(' ');
  await audited(deps, { act: 'rotate api-key --finish', subject }, async () => {
    for (const { id } of old) await keys.disable(id);
    return { outcome: 'done' as const, counts: { disabled: old.length } };
  });
  deps.screen.print(
    [styled('green', `Disabled ${subject}.`), ` ${newest.id} is the key now.`],
    'Who still sends the old one is answered 403: the access log of the API names the key by its id.',
  );
  return { json: { enabled: [newest.id], disabled: old.map(({ id }) => id) } };
}
