import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { readRing } from '../keys/signing-key';
import { type Outputs, systemQueuesOf, systemsOf } from '../target/outputs';
import { describeSteps } from './describe-steps';
import { signingKeys } from './key-ring-rotation';
import { addKey, endOthers, newestOf, type RotatedRing, type RotationDeps } from './rotated-ring';

export const systemKey = defineCommand({
  usage: 'rotate system-key <system>',
  summary: 'a new key between us and a system that is told; both are good until --finish',
  details:
    'Two keys are of such a system: a webhook is signed with one, and with --sign-off it is the one that the system signs with which accounts it made. First a new key is added to the ring. A message to the webhook then has two signatures, one of each key, and a sign-off is believed with either. Give the new key to the system, then --finish ends the old one. Whether the system has the new one nobody can look up: a webhook that lacks it answers 401 and is told again later, and a sign-off with an old key goes to quarantine.',
  options: {
    system: { type: 'string', demandOption: true, description: 'which system' },
    'sign-off': { type: 'boolean', default: false, description: 'the key that the system signs with' },
    finish: { type: 'boolean', default: false, description: 'ends all keys but the newest' },
  },
  examples: [
    ['rotate system-key mailing', 'adds a new key to sign the webhook with'],
    ['rotate system-key mailing --finish', 'when the system verifies with it'],
    ['rotate system-key mailing --sign-off', 'adds a new key for the system to sign with'],
  ],
  endsWithOne: 'nothing is to be finished',
  run: rotateSystemKey,
});

export interface SystemKeyArgs {
  readonly system: string;
  readonly signOff: boolean;
  readonly finish: boolean;
}

export type SystemKeyDeps = RotationDeps & Pick<Deps, 'outputs'>;

export async function rotateSystemKey(args: SystemKeyArgs, deps: SystemKeyDeps): Promise<Report> {
  const ring = await ringOf(args, deps);
  return args.finish ? endOld(ring, args, deps) : addNew(ring, args, deps);
}

async function ringOf({ system: asked, signOff }: SystemKeyArgs, deps: SystemKeyDeps): Promise<RotatedRing> {
  const outputs = await deps.outputs();
  const [system = asked] = systemsOf(outputs, asked);
  const output = `${signOff ? 'SignOff' : 'Webhook'}SecretArn${suffixOf(system, outputs)}`;
  if (outputs.values[output] === undefined) throw noKey(system, signOff);
  const act = `rotate system-key${signOff ? ' --sign-off' : ''}`;
  const command = `rotate system-key ${system}${signOff ? ' --sign-off' : ''}`;
  return { ...(await readRing(deps, output)), command, act, subject: system, output };
}

/** What the outputs of the system end in. */
function suffixOf(name: string, { values }: Outputs): string {
  const queue = systemQueuesOf({ values }).find(({ system }) => system === name);
  const own = Object.entries(values).find(
    ([output, url]) => output.startsWith('QueueUrl') && url === queue?.url,
  );
  return own?.[0].slice('QueueUrl'.length) ?? '';
}

function noKey(system: string, signOff: boolean): CliError {
  const words = signOff ? `${system} signs nothing off` : `Nothing is signed to ${system}`;
  return new CliError('no-system-key', words, 'punctual.config.ts says of which kind it is', 2);
}

async function addNew(ring: RotatedRing, { signOff }: SystemKeyArgs, deps: SystemKeyDeps): Promise<Report> {
  const keys = await addKey(ring, deps);
  const [before, after] = signOff
    ? ['A sign-off is believed with either.', 'Once it signs with it:']
    : ['Messages have a signature of each.', 'Once it verifies with it:'];
  deps.screen.print(
    `Added a new key. ${before}`,
    '',
    ...describeSteps([
      ['Give it to the system:', `whsec_ and the first key of the secret ${ring.output}`],
      [after, deps.typed(`${ring.command} --finish`)],
    ]),
  );
  return { json: { keys: keys.length, signing: signingKeys(keys, deps.now()).length } };
}

async function endOld(ring: RotatedRing, { signOff }: SystemKeyArgs, deps: SystemKeyDeps): Promise<Report> {
  const { keys, counts, words } = await endOthers(ring, newestOf(ring, deps), deps);
  deps.screen.print(
    words,
    signOff
      ? 'Within five minutes the worker believes no old key; what was signed before it does.'
      : 'Within five minutes the worker signs with no old key any more.',
  );
  return { json: { keys: keys.length, signing: 1, ...counts } };
}
