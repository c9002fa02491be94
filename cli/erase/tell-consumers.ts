import { randomUUID } from 'node:crypto';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { takesEvents } from '../target/outputs';
import type { Person } from './person';
import { refuseUntold } from './refuse-gone';
import { type SendDeps, sendRequest } from './send-request';

/** A system that was told to forget somebody, and that nobody can ask. */
export interface ToldSystem {
  readonly system: string;
  /** ISO 8601. */
  readonly at: string;
  readonly requestId: string;
  /** Of the request that is in its queue. */
  readonly eventId: string;
}

export type TellDeps = SendDeps & Pick<Deps, 'describeStack'>;

/**
 * Tells each system whose queue its own people work off. Nobody can look what it did; so it is told by an event of its
 * own whenever a certificate is made, which then says when.
 */
export async function tellConsumers(person: Person, deps: TellDeps): Promise<ToldSystem[]> {
  const told: ToldSystem[] = [];
  if (person.consumers.length > 0) await refuseRetiredSince(person, deps);
  for (const system of person.consumers) {
    const eventId = `erase_${randomUUID()}`;
    const { requestId } = await sendRequest(person, { id: eventId, system }, deps);
    told.push({ system, at: new Date(deps.now()).toISOString(), requestId, eventId });
  }
  return told;
}

// Removing accounts may have taken a day, and the API takes the event all the same: it would go to quarantine. While a
// deployment is under way the subscription may be gone, and the outputs do not say so yet.
async function refuseRetiredSince({ consumers }: Person, deps: TellDeps): Promise<void> {
  const { status, outputs } = await deps.describeStack();
  if (!/_COMPLETE$/.test(status)) {
    const words = `The stack is ${status}, so nobody can say who takes events: ${consumers.join(', ')} was not told`;
    throw new CliError('stack-busy', words, 'Type the same again once the deployment is through', 1);
  }
  refuseUntold(consumers.filter((system) => !takesEvents({ values: outputs }, system)));
}
