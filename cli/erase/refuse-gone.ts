import { isErasedUntil } from '../../lambdas/user-links/erasure';
import { CliError } from '../cli-error';
import type { Person } from './person';

/**
 * Fails with `system-gone` or `system-retired` when nobody can remove an account or tell a system, and nobody says that
 * they did. What was done by hand has no row in a system without links, so that it is to be said each time.
 *
 * @param stack systems that have workers
 */
export function refuseGone(person: Person, stack: readonly string[], byHand: readonly string[]): void {
  const { links, systems, consumers, retired, until } = person;
  const known = [...systems, ...consumers, ...retired].sort();
  const unknown = byHand.find((system) => !known.includes(system));
  if (unknown !== undefined)
    throw new CliError('no-system', `There is no system ${unknown}`, `There is ${known.join(', ')}`, 2);
  const isThere = (system: string) => stack.includes(system) || byHand.includes(system);
  const gone = links.find((link) => !isThere(link.system) && !isErasedUntil(link, until));
  if (gone !== undefined)
    throw new CliError(
      'system-gone',
      `The user has a link in ${gone.system}, which the stack does not have any more`,
      `Remove the account there, then say so with --by-hand ${gone.system}`,
      1,
    );
  refuseUntold(retired.filter((system) => !byHand.includes(system)));
}

/** Fails with `system-retired` where there are systems that could be told, if only events were delivered to them. */
export function refuseUntold(systems: readonly string[]): void {
  if (systems.length === 0) return;
  const flags = systems.map((system) => `--by-hand ${system}`).join(' ');
  throw new CliError(
    'system-retired',
    `Nobody can tell ${systems.join(' and ')}, to which the stack delivers no events`,
    `Have what is known of the user removed there, then say so with ${flags}`,
    1,
  );
}
