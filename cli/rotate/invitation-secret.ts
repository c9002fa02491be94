import type { SigningKey } from '../../events/key-ring';
import { countOf } from '../../terminal/count-of';
import { styled } from '../../terminal/line';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { refuseWithoutInvitations } from '../invitation/refuse-without-invitations';
import { readRing } from '../keys/signing-key';
import { describeSteps } from './describe-steps';
import { BEGINS_AFTER_MS, beginOf, neededKeys, overAt } from './invitation-keys';
import { clearlyNewest, withNewKey } from './key-ring-rotation';
import { keysAlike, newSecret, type RotatedRing, type RotationDeps, writeRing } from './rotated-ring';
import type { RotateArgs } from './signing-secret';

export const invitationSecret = defineCommand({
  usage: 'rotate invitation-secret',
  summary: 'a new key for the links of invitations; the old one is good for those that were sent',
  details:
    'Nobody has to be given the new key. The functions learn of it within five minutes and use it after ten, so that each knows it before the first link is made with it. A link that was sent before stays good until its invitation ends, which is 30 days at most: so long the old key has to stay. --finish takes out the keys that are older than that, as the next rotation does.',
  options: {
    finish: { type: 'boolean', default: false, description: 'takes out the keys that no open link needs' },
    yes: {
      type: 'boolean',
      default: false,
      description: 'with --finish: takes out all keys but the newest, and with them the links that need them',
    },
  },
  examples: [
    ['rotate invitation-secret', 'adds the new key'],
    ['rotate invitation-secret --finish', '31 days later'],
    [
      'rotate invitation-secret --finish --yes',
      'when somebody else has the old key: links that were sent die',
    ],
  ],
  endsWithOne: 'nothing is to be finished, or it is too early',
  run: rotateInvitationSecret,
});

const COMMAND = 'rotate invitation-secret';

export type InvitationSecretDeps = RotationDeps & Pick<Deps, 'outputs'>;

export async function rotateInvitationSecret(args: RotateArgs, deps: InvitationSecretDeps): Promise<Report> {
  const ring = await ringOf(deps);
  const newest = clearlyNewest(ring.keys);
  if (newest === undefined) throw keysAlike(ring, ring.keys.length);
  const begin = beginOf(newest);
  if (begin > deps.now() && (args.yes || !args.finish)) throw pending(begin);
  return args.finish ? takeOut(ring, newest, args, deps) : addNew(ring, deps);
}

async function ringOf(deps: InvitationSecretDeps): Promise<RotatedRing> {
  const output = 'InvitationSecretArn';
  refuseWithoutInvitations(await deps.outputs());
  return {
    ...(await readRing(deps, output)),
    ...{ command: COMMAND, act: COMMAND, subject: 'InvitationSecret', output },
  };
}

async function addNew(ring: RotatedRing, deps: InvitationSecretDeps): Promise<Report> {
  const now = deps.now();
  const kept = neededKeys(ring.keys, now);
  const [added, ...others] = withNewKey(kept, newSecret(), now);
  const keys = [{ ...added, notBefore: now + BEGINS_AFTER_MS } as SigningKey, ...others];
  const counts = { created: 1, dropped: ring.keys.length - kept.length };
  await writeRing(ring, COMMAND, { keys, counts }, deps);
  deps.screen.print(
    [styled('green', 'Added a new key.'), ' Links use it in ten minutes; those that were sent stay good.'],
    '',
    ...describeSteps([['In 31 days, when nobody needs the old one:', deps.typed(`${COMMAND} --finish`)]]),
  );
  return { json: { keys: keys.length, ...counts } };
}

async function takeOut(
  ring: RotatedRing,
  newest: SigningKey,
  { yes }: RotateArgs,
  deps: InvitationSecretDeps,
): Promise<Report> {
  const keys = yes ? [newest] : neededKeys(ring.keys, deps.now());
  const ended = ring.keys.length - keys.length;
  if (ended === 0) throw tooEarly(ring, deps);
  await writeRing(ring, `${COMMAND} --finish`, { keys, counts: { ended } }, deps);
  deps.screen.print(
    [styled('green', `Took out ${countOf(ended, 'key')}.`), ` ${countOf(keys.length, 'key')} left.`],
    ...(yes
      ? ['Within five minutes the links are dead that were made with them. A new one:', resendOne(deps)]
      : ['No open invitation needs them.']),
  );
  return { json: { keys: keys.length, ended } };
}

const resendOne = ({ typed }: InvitationSecretDeps) => `  ${typed('invitation resend <id> --yes')}`;

function pending(at: number): CliError {
  const words = `A new key was added just now, and links are made with it from ${shown(at)} on`;
  return new CliError('rotation-pending', words, 'Wait until then', 1);
}

const shown = (at: number) => `${new Date(at).toISOString().slice(0, 16)}Z`;

function tooEarly({ keys }: RotatedRing, { typed }: InvitationSecretDeps): CliError {
  const ends = keys.flatMap((key) => overAt(key, keys) ?? []);
  if (ends.length === 0)
    return new CliError('nothing-to-finish', 'There is one key', `${typed(COMMAND)} adds another`, 1);
  return new CliError(
    'links-open',
    `No key was taken out: until ${shown(Math.min(...ends))} an invitation may be open whose link needs the old one`,
    `Come back then; if the old one is known to somebody else, ${typed(`${COMMAND} --finish --yes`)} ends those links`,
    1,
  );
}
