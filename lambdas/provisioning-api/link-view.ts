import { type Code, describeCode } from '../../events/codes';
import type { LinkView } from '../../events/provisioning-api/schemas';
import type { UserLink } from '../user-links/user-link';

/** What a link says to the person, or to whoever looks after them. What workers keep there for themselves is left out. */
export function linkViewOf({ system, state, code, accountId, instance, updatedAt }: UserLink): LinkView {
  return {
    ...{ system, state },
    ...(code && { code, words: wordsOf(code) }),
    ...(accountId !== undefined && { accountId }),
    ...(instance !== undefined && { instance }),
    updatedAt,
  };
}

// A row may be of a version that knows more codes.
const wordsOf = (code: Code): string | undefined => describeCode(code);
