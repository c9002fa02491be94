import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { sameBindings } from './merge-bindings';
import type { Binding, Tenant } from './tenant';

/** What Auth0 takes per trigger. */
const BINDINGS_LIMIT = 20;

const TRIES = 5;
const FIRST_PAUSE_MS = 2_000;

export interface BindingsChange {
  readonly before: readonly Binding[];
  readonly after: readonly Binding[];
}

export interface Rebinding extends Pick<Deps, 'pause'> {
  readonly tenant: Tenant;
  readonly triggerId: string;
  readonly change: (current: readonly Binding[]) => readonly Binding[];
}

/**
 * Changes the list of a trigger from what it is right before the write, and reads it again after. Gives what it was
 * and is, or undefined when there was nothing to change.
 *
 * Auth0 takes whole lists and no condition. A change of somebody else is found when our list names bindings that are
 * no more, which Auth0 refuses, and when the list is not what was written a moment ago. A binding that somebody adds
 * between our read and our write, leaving the others as they are, is lost and nobody can know. So nothing comes
 * between the two: when Auth0 wants us to wait, it is read again.
 */
export async function changeBindings(rebinding: Rebinding): Promise<BindingsChange | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return await changeOnce(rebinding);
    } catch (error) {
      const isBusy = error instanceof CliError && error.code === 'rate-limited';
      if (!isBusy || tries === TRIES) throw error;
      await rebinding.pause(FIRST_PAUSE_MS * 2 ** (tries - 1));
    }
  }
}

async function changeOnce({ tenant, triggerId, change }: Rebinding): Promise<BindingsChange | undefined> {
  const before = await tenant.bindings(triggerId);
  const wanted = change(before);
  if (sameBindings(before, wanted)) return undefined;
  refuseTooMany(triggerId, wanted);
  await write(tenant, triggerId, { before, after: wanted });
  const after = await tenant.bindings(triggerId);
  if (sameBindings(after, wanted)) return { before, after };
  throw changedMeanwhile(triggerId);
}

async function write(tenant: Tenant, triggerId: string, { before, after }: BindingsChange): Promise<void> {
  try {
    await tenant.bind(triggerId, after);
  } catch (error) {
    if (error instanceof CliError && error.code !== 'auth0-refused') throw error;
    const ids = (list: readonly Binding[]) => JSON.stringify(list.map(({ id }) => id));
    throw ids(await tenant.bindings(triggerId)) === ids(before) ? error : changedMeanwhile(triggerId);
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
