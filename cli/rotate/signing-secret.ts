import type { ActionIssuer } from '../../auth0-actions/actions';
import type { SigningKey } from '../../events/key-ring';
import { styled } from '../../terminal/line';
import type { ActionHealth } from '../actions/check-actions';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { readKeyRing, SECRET_OUTPUTS } from '../keys/signing-key';
import { describeSteps } from './describe-steps';
import { signingKeys } from './key-ring-rotation';
import { type LookAtActions, refuseTooEarly, type TooEarlyDeps, YES_OPTION } from './refuse-too-early';
import { addKey, endOthers, newestOf, type RotatedRing } from './rotated-ring';

const ISSUERS = ['actions', 'event-stream'] as const satisfies readonly ActionIssuer[];

/** Names of the secrets, for the audit. */
const SUBJECTS: Readonly<Record<ActionIssuer, string>> = {
  actions: 'SigningSecret',
  'event-stream': 'EventStreamSecret',
};

export const signingSecret = defineCommand({
  usage: 'rotate signing-secret',
  summary: 'a new key to sign with; the old one is believed until --finish',
  details:
    'Each issuer has a ring of its own: the Actions at sign-up, and the Action behind the event stream. First a new key is added to the ring: workers believe both. Give it to all who sign, the Actions first. Then --finish ends the old one for new events; for 30 days it still verifies old ones that are redriven. It refuses while the Actions do not have the newest one. Who else signs it cannot know.',
  options: {
    finish: { type: 'boolean', default: false, description: 'ends all keys but the newest' },
    issuer: { type: 'string', choices: ISSUERS, default: 'actions', description: 'whose key it is' },
    yes: YES_OPTION,
  },
  examples: [
    ['rotate signing-secret', 'adds the new key'],
    ['rotate signing-secret --finish', 'when everybody signs with it'],
    ['rotate signing-secret --issuer event-stream', 'the one of the event stream'],
  ],
  endsWithOne: 'nothing is to be finished, or it is too early',
  run: (args, deps) => rotateSigningSecret({ ...args, issuer: args.issuer as ActionIssuer }, deps),
});

export interface RotateArgs {
  readonly finish: boolean;
  readonly yes: boolean;
}

export type SigningSecretDeps = TooEarlyDeps & Pick<Deps, 'audit'>;

export interface SigningArgs extends RotateArgs {
  /** @default 'actions' */
  readonly issuer?: ActionIssuer;
}

export async function rotateSigningSecret(
  { finish, yes, issuer = 'actions' }: SigningArgs,
  deps: SigningSecretDeps,
  look?: LookAtActions,
): Promise<Report> {
  const ring = await ringOf(issuer, deps);
  if (!finish) return addNew(ring, deps);
  const newest = newestOf(ring, deps);
  const ending = {
    finish: `${ring.command} --finish`,
    isConcerned: (action: ActionHealth) => action.issuer === issuer,
  };
  if (!yes) await refuseTooEarly(ending, deps, look);
  return endOld(ring, newest, deps);
}

async function ringOf(issuer: ActionIssuer, deps: SigningSecretDeps): Promise<RotatedRing> {
  const act = 'rotate signing-secret';
  return {
    ...(await readKeyRing(deps, issuer)),
    ...{ act, command: issuer === 'actions' ? act : `${act} --issuer ${issuer}` },
    ...{ subject: SUBJECTS[issuer], output: SECRET_OUTPUTS[issuer] },
  };
}

async function addNew(ring: RotatedRing, deps: SigningSecretDeps): Promise<Report> {
  const keys = await addKey(ring, deps);
  deps.screen.print(
    [styled('green', 'Added a new key.'), ' Both are believed; nothing in a queue is refused.'],
    '',
    ...describeSteps([
      ['Let the Actions sign with it:', deps.typed('actions deploy')],
      ['Give it to others who sign:', `whsec_ and the first key of the secret ${ring.output}`],
      ['Once all of them do:', deps.typed(`${ring.command} --finish`)],
    ]),
  );
  return { json: { keys: keys.length, signing: signingKeys(keys, deps.now()).length } };
}

async function endOld(ring: RotatedRing, newest: SigningKey, deps: SigningSecretDeps): Promise<Report> {
  const { keys, counts, words } = await endOthers(ring, newest, deps);
  deps.screen.print(
    words,
    'What was signed until now is still believed, for 30 days.',
    'Within five minutes every worker knows it: what an old key signs from now on',
    'then goes to quarantine, as signature-invalid.',
  );
  return { json: { keys: keys.length, signing: 1, ...counts } };
}
