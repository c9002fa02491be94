import { TYPES_OF_GRANTS } from '../../../events/types-of-grants';
import type { KindExplained } from '../explain/kind-explained';

/** What can be seen of a call to the Management API without seeing whom it is about. */
export const auth0Explained = (tenant: string): KindExplained => ({
  base: `https://${tenant}/api/v2`,
  plainNames: ['users', 'roles'],
  plain: ['/roles/*'],
  hears: TYPES_OF_GRANTS,
});
