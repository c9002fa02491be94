import type { Deps } from '../deps';

/** Nothing of the tenant's login is switched off by a line that is gone from a file. */
export function warnOfLeftOver(names: readonly string[], { screen }: Pick<Deps, 'screen'>): void {
  for (const name of names) {
    const words = `${name} is still in the tenant, and punctual.config.ts asks for it no more: delete it in Auth0`;
    screen.warn('left-over', words);
  }
}
