import { heldCodeOf } from '../../lambdas/user-links/release';
import { isLeased, type UserLink } from '../../lambdas/user-links/user-link';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type AskedUser, refOf } from '../status/ref-of';
import { outputOf, systemsOf } from '../target/outputs';

/** The held link that is asked for. Fails with `no-link`, `not-held` or `link-busy`. */
export async function findHeld(
  { system, ...user }: AskedUser & { readonly system: string },
  deps: Pick<Deps, 'outputs' | 'linkRows' | 'secrets' | 'now'>,
): Promise<UserLink> {
  const outputs = await deps.outputs();
  systemsOf(outputs, system);
  const userRef = await refOf(user, outputs, deps);
  const link = await (await deps.linkRows()).get(outputOf(outputs, 'UserLinkTableName'), userRef, system);
  if (link === undefined) {
    throw new CliError('no-link', `Nothing is known of this user in ${system}`, undefined, 1);
  }
  if (link.state !== 'held') {
    throw new CliError('not-held', `The link is ${link.state}, and waits for no operator`, undefined, 1);
  }
  if (heldCodeOf(link) === undefined) {
    throw new CliError('not-held', `A newer version holds the link for ${link.code}`, 'Use its commands', 1);
  }
  if (isLeased(link, deps.now())) {
    throw new CliError('link-busy', 'A worker works on the link just now', 'Try again in two minutes', 1);
  }
  return link;
}
