import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { itemOf } from '../../../events/instance-name';
import { RATE_ITEM, type RateState } from '../../../events/rate-state';
import type { Environment } from '../../runtime/environment';
import { createMetrics } from '../../runtime/metrics';
import { writeLine } from '../../runtime/write-line';
import { createSharedItem } from '../../system-items/shared-item';
import type { Rate } from './rate-bucket';
import { AT_ONCE, createTakeTurn, type TakeTurn } from './take-turn';

/** The rate of the system of this function, or of one of its instances, as the stack configured it. */
export function turnOf(
  environment: Environment,
  dynamoDb: DynamoDBDocumentClient,
  instance?: string,
): TakeTurn {
  const rate = environment.json('rate') as (Rate & { readonly longestWaitMs: number }) | null;
  if (rate === null) return AT_ONCE;
  const system = environment.text('system');
  const key = { system, item: itemOf(RATE_ITEM, instance) };
  return createTakeTurn({
    system,
    item: createSharedItem<RateState>(dynamoDb, environment.text('systemTableName'), key),
    rate,
    longestWaitMs: rate.longestWaitMs,
    now: Date.now,
    sleep: (ms) => setTimeout(ms),
    metrics: createMetrics(writeLine, Date.now, environment.text('environment')),
  });
}
