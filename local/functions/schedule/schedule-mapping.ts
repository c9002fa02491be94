import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../clock';
import { ACCOUNT, REGION } from '../../template/pseudo-parameters';
import type { Seat } from '../instance-pool';
import type { Mapping } from '../mapping';

export interface ScheduleSettings {
  readonly ruleArn: string;
  readonly periodMs: number;
}

export interface ScheduleDeps {
  readonly clock: Clock;
  readonly takeSeat: () => Promise<Seat>;
  /** Asks IAM whether the rule may invoke the function; when not, the turn is missed. */
  readonly mayInvoke: () => boolean;
}

/**
 * Runs a function once a period of the virtual clock, the first time when one has passed. A function that takes
 * longer than its period misses a turn; on AWS it would be called beside itself.
 */
export function createScheduleMapping(settings: ScheduleSettings, deps: ScheduleDeps): Mapping {
  const { clock, takeSeat, mayInvoke } = deps;
  const ending = new AbortController();
  const wait = (untilMs: number) =>
    sleep(clock.realDelayMs(Math.max(0, untilMs - clock.now())), true, { signal: ending.signal }).catch(
      () => false,
    );
  const runForever = async () => {
    const startedAt = clock.now();
    for (let turn = 1; await wait(startedAt + turn * settings.periodMs); ) {
      const seat = await takeSeat();
      if (ending.signal.aborted) return seat.release();
      if (mayInvoke()) await seat.invoke(scheduledEvent(settings.ruleArn, clock.now()));
      else seat.release();
      turn = Math.floor((clock.now() - startedAt) / settings.periodMs) + 1;
    }
  };
  return { start: () => void runForever(), stop: () => ending.abort() };
}

/** Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
function scheduledEvent(ruleArn: string, now: number): object {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT,
    // EventBridge tells whole seconds.
    time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: REGION,
    resources: [ruleArn],
    detail: {},
  };
}
