import type { Environment } from '../../runtime/environment';
import type { HandoverParties } from './handover-message';

/** Who tells whom, as the variables of the function say. */
export function partiesOf(environment: Environment): HandoverParties {
  return {
    source: `urn:punctual:${environment.text('tenant')}:${environment.text('environment')}`,
    system: environment.text('system'),
  };
}
