import { createDynamoDb } from '../runtime/aws-clients';
import { createEnvironment } from '../runtime/environment';
import { createLog } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { writeLine } from '../runtime/write-line';
import { createCensus } from './take-census';
import { createUnsettledStates } from './unsettled-states';

const environment = createEnvironment(process.env);

export const handler = createCensus({
  systems: environment.optional('systems')?.split(',') ?? [],
  unsettledUnder: createUnsettledStates(createDynamoDb(), environment.text('userLinkTableName')),
  log: createLog(writeLine, Date.now),
  metrics: createMetrics(writeLine, Date.now, environment.text('environment')),
});
