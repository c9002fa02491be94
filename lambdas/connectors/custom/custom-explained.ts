import type { KindExplained } from '../explain/kind-explained';
import type { CheckedAccount } from './checked-answers';
import type { ConnectorDefinition } from './definition';

/** What can be seen of the requests of a team's connector without seeing whom they are about. */
export const customExplained = (
  base: string,
  { plain = [], plainNames = [] }: Pick<ConnectorDefinition<unknown>, 'plain' | 'plainNames'>,
): KindExplained => ({
  // Where a path says who, is the team's to know: no name of it is plain by itself.
  ...{ base, plain, plainNames },
  shows: (snapshot, { to }) => (snapshot as CheckedAccount).attributes[to],
});
