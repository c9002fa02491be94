import { CliError } from '../cli-error';
import { sameBindings } from './merge-bindings';
import type { Binding, Tenant } from './tenant';

/** What Auth0 takes per trigger. */
const BINDINGS_LIMIT = 20;

/**
 * Changes the list of a trigger from what it is at this moment, and reads it again. Gives whether it was changed.
 * Auth0 takes whole lists and no condition, so a change of somebody else in between is found in two ways: the list
 * names bindings that are no more, and Auth0 refuses it; or it is not what was written a moment ago.
 */
export async function changeBindings(
  tenant: Tenant,
  triggerId: string,
  change: (current: readonly Binding[]) => readonly Binding[],
): Promise<boolean> {
  const current = await tenant.bindings(triggerId);
  const wanted = change(current);
  if (sameBindings(current, wanted)) return false;
  refuseTooMany(triggerId, wanted);
  await write(tenant, triggerId, { current, wanted });
  if (sameBindings(await tenant.bindings(triggerId), wanted)) return true;
  throw changedMeanwhile(triggerId);
}

async function write(
  tenant: Tenant,
  triggerId: string,
  { current, wanted }: Readonly<Record<'current' | 'wanted', readonly Binding[]>>,
): Promise<void> {
  try {
    await tenant.bind(triggerId, wanted);
  } catch (error) {
    if (error instanceof CliError && error.code !== 'auth0-refused') throw error;
    const ids = (list: readonly Binding[]) => JSON.stringify(list.map(({ id }) => id));
    throw ids(await tenant.bindings(triggerId)) === ids(current) ? error : changedMeanwhile(triggerId);
  }
}

function refuseTooMany(triggerId: string, wanted: readonly Binding[]): void {
  if (wanted.length <= BINDINGS_LIMIT) return;
  throw new CliError(
    'binding-limit',
    `${triggerId} has ${BINDINGS_LIMIT} Actions already, and Auth0 takes no more`,
    'Take one out of the trigger in Auth0',
  );
}

function changedMeanwhile(triggerId: string): CliError {
  return new CliError(
    'bindings-changed',
    `Somebody changed the bindings of ${triggerId} at the same moment`,
    'Look at Actions > Triggers in Auth0, then run it again: it starts from the list as it is then',
  );
}
