import type { FunctionInfo } from '../../functions/functions';
import type { Role } from '../tenant-roles';

/** The roles that the configuration names, as the template tells the functions. */
export function rolesOf(functions: readonly Pick<FunctionInfo, 'environment'>[]): Role[] {
  const told = functions.flatMap(({ environment }) => environment.AUTH0_ROLES ?? []);
  const ids: Record<string, string> = Object.assign({}, ...told.map((text) => JSON.parse(text)));
  return Object.entries(ids).map(([name, id]) => ({ id, name }));
}
