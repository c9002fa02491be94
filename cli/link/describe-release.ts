import { placeName } from '../../events/instance-name';
import { isLeaving } from '../../lambdas/user-links/release';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { type Line, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { Deps } from '../deps';
import { quoted } from '../quoted';
import { accountShown } from '../status/account-shown';
import { ageOf } from '../status/describe-links';

interface Described {
  /** The link as it stands. */
  readonly rows: readonly Line[];
  /** That it is done. */
  readonly now: string;
  /** What comes of it. */
  readonly does: readonly Line[];
}

/** What a release comes to, in words. */
export function describeRelease(
  link: UserLink,
  { userId }: { readonly userId?: string | undefined },
  { screen, now, typed }: Pick<Deps, 'screen' | 'now' | 'typed'>,
): Described {
  const account = accountShown(link, userId);
  const isGoing = isLeaving(link);
  const words = isGoing ? wordsOfLeaving(link) : wordsOfWaiting(link);
  const watch = typed(`status ${userId === undefined ? `--ref ${link.userRef}` : quoted(userId)}`);
  const commands = isGoing || link.blocked === true ? [`  ${watch}`] : sendLine(link, userId, typed);
  return {
    rows: [
      [
        placeName(link.system, link.instance),
        '  held  ',
        styled('bold', link.code ?? ''),
        `  ${ageOf(link, now())}`,
      ],
      account === undefined ? 'No account is known.' : `The account is ${account}.`,
      ...(link.mergedInto === undefined ? [] : [`The user became part of ${link.mergedInto}.`]),
    ],
    now: isGoing ? 'The account is on its way out.' : 'The link waits for the next event of the user.',
    does: [...wrap(words, screen.width), ...commands],
  };
}

function wordsOfLeaving({ ownership, next }: UserLink): string {
  if (next === 'delete') return 'The account is removed within five minutes.';
  const end =
    ownership === 'adopted'
      ? 'It is not removed, as we did not make it.'
      : 'It is removed after the grace period, if the system is configured to remove.';
  return `The account is switched off within five minutes, whatever deprovision.threshold says. ${end}`;
}

function wordsOfWaiting({ blocked }: UserLink): string {
  if (blocked === true) {
    return 'The user is blocked, so only Auth0 can tell the next thing: block them there again, or end the block.';
  }
  return 'Nothing happens before an event of the user comes: the next change of the profile in Auth0, or one that you send, with all that Auth0 knows of them:';
}

/** What brings a link on that waits for an event. */
export function sendLine(
  { system }: UserLink,
  userId: string | undefined,
  typed: Deps['typed'],
): readonly string[] {
  const user = userId === undefined ? "'<user id>'" : quoted(userId);
  return [`  ${typed(`send --user-id ${user} --email … --username … --system ${quoted(system)}`)}`];
}
