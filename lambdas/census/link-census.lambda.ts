import { createDynamoDb } from '../runtime/aws-clients';
import { createEnvironment } from '../runtime/environment';
import { createLog } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { createCensus } from './take-census';
import { createUnsettledStates } from './unsettled-states';

const environment = createEnvironment(process.env);
const write = (line: string) => void process.stdout.write(`${line}\n`);

export const handler = createCensus({
  systems: environment.text('systems').split(','),
  unsettledUnder: createUnsettledStates(createDynamoDb(), environment.text('userLinkTableName')),
  log: createLog(write, Date.now),
  metrics: createMetrics(write, Date.now, environment.text('environment')),
});
