import { type HandOverObstacle, obstacleToHandOver } from '../../lambdas/user-links/choose';
import { isLeased, type UserLink } from '../../lambdas/user-links/user-link';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';

/** The user that another one became part of, in the same system. */
export interface Heir {
  /** Undefined when nothing is known of them there. */
  readonly link: UserLink | undefined;
  /** Why they do not get the account. */
  readonly obstacle: HandOverObstacle | undefined;
}

/** Fails with `link-busy` when a worker works on their link. */
export async function findHeir(
  part: UserLink,
  deps: Pick<Deps, 'outputs' | 'linkRows' | 'now'>,
): Promise<Heir> {
  const table = outputOf(await deps.outputs(), 'UserLinkTableName');
  const { mergedInto, system } = part;
  if (mergedInto === undefined) return { link: undefined, obstacle: 'unknown' };
  const link = await (await deps.linkRows()).get(table, mergedInto, system);
  if (link !== undefined && isLeased(link, deps.now())) {
    const words = 'A worker works on the link of the other user just now';
    throw new CliError('link-busy', words, 'Try again in two minutes', 1);
  }
  return { link, obstacle: obstacleToHandOver(part, link) };
}
