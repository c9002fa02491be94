import type { HeldCode } from '../../lambdas/user-links/release';

/** What somebody can do with a link that is held for this reason, before it is released or instead. */
const WHAT_TO_DO: Readonly<Record<HeldCode, string>> = {
  conflict:
    'the account is the same person: link choose --account; somebody else: link choose --new, or one of the two gets another user name, then release the link.',
  ambiguous:
    'say which is theirs: link choose --account; or have all but one removed there, then release the link.',
  'merge-pending':
    'release the link with --remove to let this account go, or link choose --keep to leave it.',
  'deletion-threshold':
    'meant: release the link to let the account go. A mistake: bring the user back in Auth0, and release nothing.',
};

/** In words; of a code that this version does not know, that it does not. */
export function whatToDo(code: string | undefined): string {
  return WHAT_TO_DO[code as HeldCode] ?? 'a newer version of this command may know.';
}
