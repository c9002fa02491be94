import { ACTIONS } from '../../auth0-actions/actions';
import { styled } from '../../terminal/line';
import type { ActionHealth } from '../actions/check-actions';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { readRing } from '../keys/signing-key';
import { describeSteps } from './describe-steps';
import { signingKeys } from './key-ring-rotation';
import { type LookAtActions, refuseTooEarly, type TooEarlyDeps, YES_OPTION } from './refuse-too-early';
import { addKey, endOthers, newestOf, type RotatedRing } from './rotated-ring';
import type { RotateArgs } from './signing-secret';

export const loginSecrets = defineCommand({
  usage: 'rotate login-secrets',
  summary: 'new keys between login and status page; the old ones are good until --finish',
  details:
    'Two secrets lead a person from the login to the status page and back. First each gets a new key: the page believes both at once, and goes on to sign what leads back with the old one. Give both to the Action, which then believes both. Then --finish ends the old ones ten minutes later, so that nobody who is on the page meanwhile loses their way; it refuses while the Action does not have the new ones. Give the Action its secrets once more after that.',
  options: {
    finish: { type: 'boolean', default: false, description: 'ends all keys but the newest' },
    yes: YES_OPTION,
  },
  examples: [
    ['rotate login-secrets', 'adds the new keys'],
    ['rotate login-secrets --finish', 'when the Action has them'],
  ],
  endsWithOne: 'nothing is to be finished, or it is too early',
  run: (args, deps) => rotateLoginSecrets(args, deps),
});

const SECRETS = { StatusSecret: 'StatusSecretArn', ReturnSecret: 'ReturnSecretArn' } as const;
const ACT = 'rotate login-secrets';
/** A person may be on the page for five minutes, and its function knows the ring of five minutes ago. */
const GRACE_MS = 10 * 60_000;

export type LoginSecretsDeps = TooEarlyDeps & Pick<Deps, 'audit'>;

export async function rotateLoginSecrets(
  { finish, yes }: RotateArgs,
  deps: LoginSecretsDeps,
  look?: LookAtActions,
): Promise<Report> {
  const rings = await Promise.all(
    Object.keys(SECRETS).map((name) => ringOf(name as keyof typeof SECRETS, deps)),
  );
  const isBegun = ({ keys }: RotatedRing) => signingKeys(keys, deps.now()).length > 1;
  if (!finish)
    return addNew(
      rings,
      rings.filter((ring) => !isBegun(ring)),
      deps,
    );
  const begun = rings.filter(isBegun);
  if (begun.length === 0) {
    const hint = `${deps.typed(ACT)} begins a rotation`;
    throw new CliError('nothing-to-finish', 'One key of each signs', hint, 1);
  }
  const ending = begun.map((ring) => ({ ring, newest: newestOf(ring, deps) }));
  if (!yes) await refuseTooEarly({ finish: `${ACT} --finish`, isConcerned }, deps, look);
  for (const { ring, newest } of ending) await endOthers(ring, newest, deps);
  deps.screen.print(
    [styled('green', 'The old keys end in ten minutes.'), ' Who is on the page by then is let through.'],
    '',
    ...describeSteps([['After that, take them from the Action:', deps.typed('actions deploy')]]),
  );
  return { json: { ended: begun.map(({ subject }) => subject) } };
}

async function ringOf(name: keyof typeof SECRETS, deps: LoginSecretsDeps): Promise<RotatedRing> {
  const output = SECRETS[name];
  const ring = await readRing(deps, output);
  return { ...ring, command: ACT, act: ACT, subject: name, output, graceMs: GRACE_MS };
}

const isConcerned = ({ name }: ActionHealth) =>
  ACTIONS.some((action) => action.hasStatus === true && action.name === name);

// One of the two may have got its key before something failed.
async function addNew(
  all: readonly RotatedRing[],
  wanting: readonly RotatedRing[],
  deps: LoginSecretsDeps,
): Promise<Report> {
  // As it says that a rotation is pending.
  for (const ring of wanting.length === 0 ? all : wanting) await addKey(ring, deps);
  deps.screen.print(
    [styled('green', 'Added a new key to both secrets.'), ' The page believes either; no login notices.'],
    '',
    ...describeSteps([
      ['Give them to the Action:', deps.typed('actions deploy')],
      ['Once it has them:', deps.typed(`${ACT} --finish`)],
    ]),
  );
  return { json: { added: wanting.map(({ subject }) => subject) } };
}
