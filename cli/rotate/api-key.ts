import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import type { ApiKey } from '../aws/api-keys';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { describeAge } from '../keys/describe-age';
import { readApiKeys } from '../keys/event-api-key';
import { outputOf } from '../target/outputs';
import { describeSteps } from './describe-steps';
import { type LookAtActions, refuseTooEarly, type TooEarlyDeps, YES_OPTION } from './refuse-too-early';
import type { RotateArgs } from './signing-secret';

export const apiKey = defineCommand({
  usage: 'rotate api-key',
  summary: 'a new key for the event API; the old one works until --finish',
  details:
    'First a new key is made and put into the usage plan: both work. Give it to all who send, the Actions first. Then --finish disables the others. It refuses while the Actions do not have the newest one. Who else sends it cannot know.',
  options: {
    finish: { type: 'boolean', default: false, description: 'disables all keys but the newest' },
    yes: YES_OPTION,
  },
  examples: [
    ['rotate api-key', 'makes the new key'],
    ['rotate api-key --finish', 'when everybody uses it'],
  ],
  endsWithOne: 'nothing is to be finished, or it is too early',
  run: rotateApiKey,
});

export type ApiKeyDeps = TooEarlyDeps & Pick<Deps, 'audit'>;

export async function rotateApiKey(
  { finish, yes }: RotateArgs,
  deps: ApiKeyDeps,
  look?: LookAtActions,
): Promise<Report> {
  const enabled = (await readApiKeys(deps)).filter((key) => key.enabled);
  if (!finish) return createNew(enabled, deps);
  const [newest, ...old] = enabled;
  if (newest === undefined || old.length === 0) throw nothingToFinish(deps);
  if (!yes) await refuseTooEarly({ finish: 'rotate api-key --finish' }, deps, look);
  return disableOld(newest, old, deps);
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

function nothingToFinish({ typed }: Pick<Deps, 'typed'>): CliError {
  const hint = `${typed('rotate api-key')} begins a rotation`;
  return new CliError('nothing-to-finish', 'There is one enabled key at most', hint, 1);
}

async function disableOld(newest: ApiKey, old: readonly ApiKey[], deps: ApiKeyDeps): Promise<Report> {
  const keys = await deps.apiKeys();
  const named = ({ id, createdAt }: ApiKey) => `${id} (${describeAge(createdAt, deps.now())})`;
  const subject = old.map(({ id }) => id).join(' ');
  await audited(deps, { act: 'rotate api-key --finish', subject }, async () => {
    for (const { id } of old) await keys.disable(id);
    return { outcome: 'done' as const, counts: { disabled: old.length } };
  });
  deps.screen.print(
    [styled('green', `Disabled ${old.map(named).join(', ')}.`), ` ${named(newest)} is the key now.`],
    'Who still sends the old one is answered 403: the access log of the API names the',
    'key by its id.',
  );
  return { json: { enabled: [newest.id], disabled: old.map(({ id }) => id) } };
}
