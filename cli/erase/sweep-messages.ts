import type { SweptQueue } from '../certificate/certificate';
import type { Deps } from '../deps';
import { countMatches, type Matches, mayMatch } from '../dlq/count-matches';
import { findQuarantine, type ParkedQueue, QUARANTINE } from '../dlq/parked-queue';
import { letGo } from '../dlq/work-off';
import { workOffSelected } from '../dlq/work-off-selected';
import { consumerQueuesOf, type Outputs, takesEvents } from '../target/outputs';
import { type Matching, matchesIn, queuesThatMayName, type Sought } from './messages-of';

export type SweepDeps = Pick<Deps, 'outputs' | 'queues' | 'screen' | 'now' | 'stopping'>;

export interface Swept extends SweptQueue {
  /** False where some could not be seen or deleted, or it was stopped. */
  readonly isEverything: boolean;
}

export interface Counted {
  readonly queue: string;
  readonly messages: number;
}

/** Messages of the user in every queue where messages wait for an operator, or for nobody any more. */
export async function countMessages(who: Sought, deps: SweepDeps): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const queue of await queuesOf(who, deps))
    counted.push({ queue: queue.name, messages: (await count(queue, matchesIn(queue, who), deps)).count });
  return counted;
}

/**
 * Deletes them.
 *
 * @param requests ids of events that tell systems to forget the user. One that was parked on its way is sent on by
 * somebody, as the certificate says that the system was told. In quarantine nobody does.
 */
export async function sweepMessages(
  who: Sought,
  requests: readonly string[],
  deps: SweepDeps,
): Promise<Swept[]> {
  const swept: Swept[] = [];
  for (const queue of await queuesOf(who, deps)) {
    const matches = matchesIn(queue, who, queue.name === QUARANTINE ? [] : requests);
    swept.push(await sweepOne(queue, matches, deps));
  }
  return swept;
}

export const sumOf = (messages: readonly Swept[]) => messages.reduce((sum, { deleted }) => sum + deleted, 0);

async function queuesOf(who: Sought, deps: SweepDeps): Promise<ParkedQueue[]> {
  const outputs = await deps.outputs();
  // Those first: looking at a message counts as a receive, and the last one there may be moves it to the DLQ.
  return Promise.all([
    ...retiredQueuesOf(outputs),
    ...(await queuesThatMayName(who, deps)),
    findQuarantine(deps),
  ]);
}

// Of a system that is told, what waits ends with the request behind it. Here none comes, and what its people's code still
// reads would bring the user back after everybody said that they are gone.
function retiredQueuesOf(outputs: Pick<Outputs, 'values'>): ParkedQueue[] {
  const retired = consumerQueuesOf(outputs).filter(({ system }) => !takesEvents(outputs, system));
  return retired.map(({ system, url }) => ({ name: `${system}'s queue`, url }));
}

const count = (queue: ParkedQueue, matches: Matching, deps: SweepDeps) =>
  countMatches(queue, { words: '', isAll: false, matches }, deps);

async function sweepOne(queue: ParkedQueue, matches: Matching, deps: SweepDeps): Promise<Swept> {
  const found: Matches = await count(queue, matches, deps);
  if (!mayMatch(found)) return { queue: queue.name, deleted: 0, isEverything: true };
  const { done, isEverything } = await workOffSelected(
    queue.url,
    found,
    { act: letGo, doing: 'deleting' },
    deps,
  );
  return { queue: queue.name, deleted: done, isEverything };
}
