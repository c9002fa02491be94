import type { EventType } from '../../../events/event-types';
import type { Outcome } from '../../../events/outcome';
import { createMapping } from '../../../lambdas/connectors/intent/mapping';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { NOW } from '../../helpers/events';
import { aWorker, GRACE, LEAVE_AFTER } from '../../lambdas/connectors/helpers/a-worker';
import type { Kept, Subject } from './subject';

/** More attempts than anything here needs. */
const MOST_ATTEMPTS = 12;

/** One user of a worker that has the system of `subject`. */
export interface Life {
  readonly userId: string;
  /** Registers, changes, blocks, … and comes back as often as the worker asks for. Gives every outcome. */
  tell(type: EventType, user?: object): Promise<Outcome[]>;
  /** What the sweeper brings on: switching off, then removing. */
  leave(): Promise<Outcome[]>;
  link(): UserLink;
  accounts(): Promise<Kept[]>;
}

let lives = 0;

export function aLife(subject: Subject): Life {
  const name = `life-${++lives}`;
  const userId = `auth0|${name}`;
  const worker = aWorker({ connector: subject.connector, mapping: createMapping(subject.rules) });
  const profile = { user_id: userId, username: name, email: `${name}@example.com` };
  let told = 0;
  const untilSettled = async (attempt: () => Promise<Outcome>): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (let left = MOST_ATTEMPTS; left > 0; left--) {
      const outcome = await attempt();
      outcomes.push(outcome);
      if (outcome.kind !== 'retry') break;
      worker.clock.now += outcome.afterMs;
    }
    return outcomes;
  };
  return {
    userId,
    tell(type, user = {}) {
      told += 1_000;
      const after = told;
      return untilSettled(() => worker.tell(type, { ...profile, ...user }, after));
    },
    async leave() {
      const off = await untilSettled(() => remind(LEAVE_AFTER));
      return [...off, ...(await untilSettled(() => remind(GRACE)))];
    },
    link: () => worker.link(userId),
    accounts: () => subject.accounts(`acme/dev/${userId}`),
  };

  /** Not before the next step of the link is due. */
  function remind(afterMs: number): Promise<Outcome> {
    const due = Math.max(worker.clock.now, worker.link(userId).dueAt ?? worker.clock.now + afterMs);
    return worker.remindAt(due - NOW, userId);
  }
}
