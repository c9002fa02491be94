import type { BuiltAction } from '../../auth0-actions/bundle';
import { CliError } from '../cli-error';

/** The Actions of this version with the settings of punctual.config.ts, built at `now`: there is no stale bundle. */
export async function builtActions(now: number): Promise<BuiltAction[]> {
  // The bundler takes longer to load than most commands take.
  const { buildActions, configuredSettings } =
    require('../../auth0-actions/bundle') as typeof import('../../auth0-actions/bundle');
  try {
    return await buildActions(configuredSettings(), now);
  } catch (error) {
    const words = String((error as Error).message)
      .replace(/\s+/g, ' ')
      .replace(/\.$/, '');
    throw new CliError('bundle-failed', words, 'npm run actions says the same');
  }
}
