import connector from 'punctual:system';
import { createSecretToken } from '../../auth/bearer-token';
import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createLog } from '../../runtime/logger';
import { writeLine } from '../../runtime/write-line';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredHttp } from '../gate/metered';
import { turnOf } from '../gate/turn-of';
import { createCustomConnector } from './custom-connector';
import { customExplained } from './custom-explained';
import { defectName } from './defect-name';
import { settingsFor } from './define-connector';
import { outliveFloating } from './outlive-floating';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const log = createLog(writeLine, Date.now);
const system = environment.text('system');
const baseUrl = environment.text('customBaseUrl');
const timeoutMs = environment.number('requestTimeoutMs');
const rate = environment.json('rate') as { readonly longestWaitMs: number } | null;
const settings = settingsFor(connector, environment.json('customSettings'));
const token = createSecretToken(secrets, environment.text('customSecretArn'));

outliveFloating(process, (error) =>
  log('error', 'connector left a promise that failed', { system, error: defectName(error) }),
);

export const handler = createConnectorHandler(
  ({ http }) =>
    createCustomConnector(connector, {
      ...{ baseUrl, http, token, settings, timeoutMs },
      // One call of a verb is what the function's own time is made for.
      verbMs: timeoutMs + (rate?.longestWaitMs ?? 0),
      now: Date.now,
      onDefect: (verb, error) =>
        log('error', 'connector failed', { system, detail: verb, error: defectName(error) }),
    }),
  {
    environment,
    dynamoDb,
    http: meteredHttp(callHttp, turnOf(environment, dynamoDb)),
    secrets,
    explained: customExplained(baseUrl, connector),
  },
);
