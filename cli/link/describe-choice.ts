import { placeName } from '../../events/instance-name';
import type { HandOverObstacle } from '../../lambdas/user-links/choose';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { type Line, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { Deps } from '../deps';
import { accountShown } from '../status/account-shown';
import { ageOf } from '../status/describe-links';
import type { Chosen } from './chosen-by';
import { sendLine } from './describe-release';
import type { Heir } from './find-heir';
import { whatToDo } from './what-to-do';

interface Choosing {
  readonly link: UserLink;
  readonly chosen: Chosen | undefined;
  readonly heir: Heir | undefined;
}

/** The link as it stands, and what a choice comes to, in words. */
export function describeChoice(
  { link, chosen, heir }: Choosing,
  { userId }: { readonly userId?: string | undefined },
  { screen, now, typed }: Pick<Deps, 'screen' | 'now' | 'typed'>,
): { readonly rows: readonly Line[]; readonly does: readonly Line[] } {
  const found = link.candidate && accountShown({ ...link, accountId: link.candidate.accountId }, userId);
  const account = accountShown(link, userId);
  const rows: Line[] = [
    [
      placeName(link.system, link.instance),
      '  held  ',
      styled('bold', link.code ?? ''),
      `  ${ageOf(link, now())}`,
    ],
    ...(account === undefined ? [] : [`The account is ${account}.`]),
    ...(found === undefined ? [] : [`A rule found the account ${found}, which nobody has.`]),
    ...(link.mergedInto === undefined ? [] : [`The user became part of ${link.mergedInto}.`]),
  ];
  if (chosen === undefined) return { rows, does: wrap(`To do: ${whatToDo(link.code)}`, screen.width) };
  const words = wrap(wordsOf(chosen, heir), screen.width);
  return { rows, does: chosen.kind === 'keep' ? words : [...words, ...sendLine(link, userId, typed)] };
}

function wordsOf({ kind, link }: Chosen, heir: Heir | undefined): string {
  if (kind === 'keep') return KEPT[heir?.obstacle ?? 'none'];
  if (link.blocked === true) {
    return 'The user is blocked. It is done once Auth0 tells that the block has ended.';
  }
  const what =
    kind === 'new'
      ? 'An account of their own is made, whatever account a rule finds.'
      : "The account becomes the user's unless it carries the externalId of somebody else; then the link is held again.";
  return `${what} Nothing happens before an event of the user comes that says all of them: the next change of the profile in Auth0, or one that you send, with all that Auth0 knows of them:`;
}

const STAYS = 'The account stays as it is. Nothing of ours changes, switches off or removes it any more.';

const KEPT: Readonly<Record<HandOverObstacle | 'none', string>> = {
  none: 'The account becomes that of the user whom they became part of, at the next event of that user. This link stays held until then, so that the account is not forgotten should they leave first: say the same again once theirs is linked.',
  taken: 'The account is that of the user whom they became part of. This link is done.',
  told: `${STAYS} The system makes its accounts itself, and is not told that one is now somebody else's.`,
  'has-account': `${STAYS} The user whom they became part of has one of their own there.`,
  gone: `${STAYS} The user whom they became part of is gone.`,
  unknown: `${STAYS} Which one it is was never told, if there is one.`,
};
