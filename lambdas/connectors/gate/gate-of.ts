import { randomUUID } from 'node:crypto';
import { BREAKER_ITEM, type BreakerState } from '../../../events/breaker-state';
import type { Environment } from '../../runtime/environment';
import type { Log } from '../../runtime/logger';
import type { Metrics } from '../../runtime/metrics';
import { createSharedItem, type SharedItem } from '../../system-items/shared-item';
import type { ConnectorSurroundings } from '../connector-surroundings';
import type { BreakerPolicy } from './breaker';
import { createGate, type Gate } from './gate';

interface Voices {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** The gate of the system that the environment names. */
export function createGateOf(surroundings: ConnectorSurroundings, voices: Voices): Gate {
  const { environment } = surroundings;
  return createGate({
    ...voices,
    system: environment.text('system'),
    item: breakerItem(surroundings),
    policy: breakerPolicyOf(environment),
    now: Date.now,
    newToken: randomUUID,
  });
}

export function breakerItem({ environment, dynamoDb }: ConnectorSurroundings): SharedItem<BreakerState> {
  const key = { system: environment.text('system'), item: BREAKER_ITEM };
  return createSharedItem<BreakerState>(dynamoDb, environment.text('systemTableName'), key);
}

export const breakerPolicyOf = (environment: Environment): BreakerPolicy => ({
  minimumUsers: environment.number('breakerMinimumUsers'),
  failurePercent: environment.number('breakerFailurePercent'),
  windowMs: environment.number('breakerWindowMs'),
  pauseMs: environment.number('breakerPauseMs'),
  longestPauseMs: environment.number('breakerLongestPauseMs'),
  // A worker that tries the system lives as long as its lease at most.
  probeMs: environment.number('leaseMs'),
});
