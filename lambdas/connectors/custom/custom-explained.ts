import type { KindExplained } from '../explain/kind-explained';
import type { CheckedAccount } from './checked-answers';
import type { ConnectorDefinition } from './definition';

/** What can be seen of the requests of a team's connector without seeing whom they are about. */
export const customExplained = (
  base: string,
  { plain = [] }: Pick<ConnectorDefinition<unknown>, 'plain'>,
): KindExplained => ({
  ...{ base, plain },
  shows: (snapshot, { to }) => (snapshot as CheckedAccount).attributes[to],
});
