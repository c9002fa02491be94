import { randomBytes } from 'node:crypto';
import type { ActionIssuer } from '../../auth0-actions/actions';
import type { SigningKey } from '../../events/key-ring';
import { countOf } from '../../terminal/count-of';
import { styled } from '../../terminal/line';
import type { ActionHealth } from '../actions/check-actions';
import { audited } from '../audit/audited';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { describeAge } from '../keys/describe-age';
import { type KeyRing, readKeyRing, SECRET_OUTPUTS } from '../keys/signing-key';
import { describeSteps } from './describe-steps';
import { clearlyNewest, signingKeys, withKeys, withKeysEnded, withNewKey } from './key-ring-rotation';
import { type LookAtActions, refuseTooEarly, type TooEarlyDeps, YES_OPTION } from './refuse-too-early';

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
  const ring = { ...(await readKeyRing(deps, issuer)), issuer };
  if (!finish) return addNew(ring, deps);
  const newest = newestOf(ring, deps);
  const ending = {
    finish: `${commandFor(issuer)} --finish`,
    isConcerned: (action: ActionHealth) => action.issuer === issuer,
  };
  if (!yes) await refuseTooEarly(ending, deps, look);
  return endOld(ring, newest, deps);
}

interface IssuerRing extends KeyRing {
  readonly issuer: ActionIssuer;
}

function commandFor(issuer: ActionIssuer): string {
  return issuer === 'actions' ? 'rotate signing-secret' : `rotate signing-secret --issuer ${issuer}`;
}

async function addNew(ring: IssuerRing, deps: SigningSecretDeps): Promise<Report> {
  const command = commandFor(ring.issuer);
  if (signingKeys(ring.keys, deps.now()).length > 1) throw pending(command, deps);
  // 33 bytes are 44 characters of base64 without padding, as the first secret has.
  const keys = withNewKey(ring.keys, randomBytes(33).toString('base64'), deps.now());
  await write('rotate signing-secret', ring, { keys, counts: { created: 1 } }, deps);
  deps.screen.print(
    [styled('green', 'Added a new key.'), ' Both are believed; nothing in a queue is refused.'],
    '',
    ...describeSteps([
      ['Let the Actions sign with it:', deps.typed('actions deploy')],
      [
        'Give it to others who sign:',
        `whsec_ and the first key of the secret ${SECRET_OUTPUTS[ring.issuer]}`,
      ],
      ['Once all of them do:', deps.typed(`${command} --finish`)],
    ]),
  );
  return { json: { keys: keys.length, signing: signingKeys(keys, deps.now()).length } };
}

/** The key that stays. Which one that is must be beyond doubt, as all others end. */
function newestOf({ keys, issuer }: IssuerRing, { now, typed }: SigningSecretDeps): SigningKey {
  const signing = signingKeys(keys, now());
  if (signing.length < 2) {
    const hint = `${typed(commandFor(issuer))} begins a rotation`;
    throw new CliError('nothing-to-finish', 'One key signs', hint, 1);
  }
  const newest = clearlyNewest(signing);
  if (newest !== undefined) return newest;
  throw new CliError(
    'keys-alike',
    `${signing.length} keys sign, and the secret does not tell which one is the newest`,
    `Write createdAt (epoch ms) into the newest, in the secret ${SECRET_OUTPUTS[issuer]}, then run it again`,
    1,
  );
}

async function endOld(ring: IssuerRing, newest: SigningKey, deps: SigningSecretDeps): Promise<Report> {
  const now = deps.now();
  const old = signingKeys(ring.keys, now).filter((key) => key !== newest);
  const keys = withKeysEnded(ring.keys, old, now);
  const counts = { ended: old.length, dropped: ring.keys.length - keys.length };
  await write('rotate signing-secret --finish', ring, { keys, counts }, deps);
  const age = ({ createdAt }: SigningKey) => describeAge(createdAt, now);
  deps.screen.print(
    [
      styled('green', `Ended ${countOf(old.length, 'key')} (${old.map(age).join(', ')}).`),
      ` The newest (${age(newest)}) signs alone.`,
    ],
    'What was signed until now is still believed, for 30 days.',
    'Within five minutes every worker knows it: what an old key signs from now on',
    'then goes to quarantine, as signature-invalid.',
  );
  return { json: { keys: keys.length, signing: 1, ...counts } };
}

interface Writing {
  readonly keys: readonly SigningKey[];
  readonly counts: Readonly<Record<string, number>>;
}

async function write(
  act: string,
  { arn, text, issuer }: IssuerRing,
  { keys, counts }: Writing,
  deps: SigningSecretDeps,
): Promise<void> {
  const store = await deps.secrets();
  await audited(deps, { act, subject: SUBJECTS[issuer] }, async () => {
    await store.write(arn, withKeys(text, keys), text);
    return { outcome: 'done' as const, counts };
  });
}

function pending(command: string, { typed }: Pick<Deps, 'typed'>): CliError {
  return new CliError(
    'rotation-pending',
    'Two keys sign: a rotation was begun and not finished',
    `${typed(`${command} --finish`)} ends it`,
    1,
  );
}
