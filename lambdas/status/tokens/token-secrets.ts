import { newestKeys, parseKeys } from '../../../events/key-ring';
import type { Secrets } from '../../runtime/secrets';

/** The secrets that tokens of one kind may be signed with now, the newest first; with `fresh` read again. */
export type ReadTokenSecrets = (how: { readonly fresh: boolean }) => Promise<readonly string[]>;

export function createTokenSecrets(secrets: Secrets, arn: string, now: () => number): ReadTokenSecrets {
  return async ({ fresh }) => {
    const { text } = await (fresh ? secrets.reread(arn) : secrets.read(arn));
    return newestKeys(parseKeys(text), now()).map(({ secret }) => secret);
  };
}
