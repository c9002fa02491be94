import type { BuiltAction } from '../../auth0-actions/bundle';
import { CliError } from '../cli-error';

/** The Actions of this version with the attributes of punctual.config.ts, built now: there is no stale bundle. */
export async function builtActions(): Promise<BuiltAction[]> {
  // The bundler takes longer to load than most commands take.
  const { buildConfiguredActions } =
    require('../../auth0-actions/bundle') as typeof import('../../auth0-actions/bundle');
  try {
    return await buildConfiguredActions();
  } catch (error) {
    const words = String((error as Error).message)
      .replace(/\s+/g, ' ')
      .replace(/\.$/, '');
    throw new CliError('bundle-failed', words, 'npm run actions says the same');
  }
}
