import { randomUUID } from 'node:crypto';
import { BREAKER_ITEM, type BreakerState } from '../../../events/breaker-state';
import { itemOf } from '../../../events/instance-name';
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

/** The gate of the system that the environment names, or of one of its instances. */
export function createGateOf(surroundings: ConnectorSurroundings, voices: Voices, instance?: string): Gate {
  const { environment } = surroundings;
  return createGate({
    ...voices,
    system: environment.text('system'),
    ...(instance === undefined ? {} : { instance }),
    item: breakerItem(surroundings, instance),
    policy: breakerPolicyOf(environment),
    now: Date.now,
    newToken: randomUUID,
  });
}

export function breakerItem(
  { environment, dynamoDb }: Pick<ConnectorSurroundings, 'environment' | 'dynamoDb'>,
  instance?: string,
): SharedItem<BreakerState> {
  const key = { system: environment.text('system'), item: itemOf(BREAKER_ITEM, instance) };
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
