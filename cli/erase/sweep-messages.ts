import { parseJson } from '../../events/parse-json';
import type { QueuedMessage } from '../aws/queues';
import type { SweptQueue } from '../certificate/certificate';
import type { Deps } from '../deps';
import { countMatches, type Matches, mayMatch } from '../dlq/count-matches';
import { findParkedQueue, findQuarantine, namesOf, type ParkedQueue } from '../dlq/parked-queue';
import type { Act } from '../dlq/work-off';
import { workOffSelected } from '../dlq/work-off-selected';

export type SweepDeps = Pick<Deps, 'outputs' | 'queues' | 'screen' | 'now' | 'stopping'>;

export interface Swept extends SweptQueue {
  /** False where some could not be seen or deleted, or it was stopped. */
  readonly isEverything: boolean;
}

export interface Counted {
  readonly queue: string;
  readonly messages: number;
}

/** Messages of the user in every queue where messages wait for an operator. */
export async function countMessages(userId: string, deps: SweepDeps): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const queue of await queuesOf(deps))
    counted.push({ queue: queue.name, messages: (await count(queue, userId, deps)).count });
  return counted;
}

/** Deletes them. */
export async function sweepMessages(userId: string, deps: SweepDeps): Promise<Swept[]> {
  const swept: Swept[] = [];
  for (const queue of await queuesOf(deps)) swept.push(await sweepOne(queue, userId, deps));
  return swept;
}

export const sumOf = (messages: readonly Swept[]) => messages.reduce((sum, { deleted }) => sum + deleted, 0);

async function queuesOf(deps: SweepDeps): Promise<ParkedQueue[]> {
  const names = namesOf(await deps.outputs());
  return Promise.all([...names.map((name) => findParkedQueue(name, deps)), findQuarantine(deps)]);
}

const count = (queue: ParkedQueue, userId: string, deps: SweepDeps) =>
  countMatches(queue, { words: '', isAll: false, matches: isOf(userId) }, deps);

async function sweepOne(queue: ParkedQueue, userId: string, deps: SweepDeps): Promise<Swept> {
  const found: Matches = await count(queue, userId, deps);
  if (!mayMatch(found)) return { queue: queue.name, deleted: 0, isEverything: true };
  const { done, isEverything } = await workOffSelected(
    queue.url,
    found,
    { act: letGo, doing: 'deleting' },
    deps,
  );
  return { queue: queue.name, deleted: done, isEverything };
}

const letGo: Act = async (messages) => messages.map(() => undefined);

/** By what the body says; of a body that nobody can read, by whether it holds the id at all. */
export function isOf(userId: string): (message: Pick<QueuedMessage, 'body'>) => boolean {
  const asJson = JSON.stringify(userId).slice(1, -1);
  return ({ body }) => {
    const json = parseJson(body) as Record<string, unknown> | null | undefined;
    if (typeof json !== 'object' || json === null) return body.includes(userId) || body.includes(asJson);
    const data = json.data as { user?: { user_id?: unknown } } | null | undefined;
    return (data?.user?.user_id ?? json.user_id) === userId;
  };
}
