import settings from 'punctual:status';
import { parseKeys } from '../../events/key-ring';
import { userRefOf } from '../../events/user-ref';
import { createDynamoDb, createSecretsManager } from '../runtime/aws-clients';
import { createEnvironment } from '../runtime/environment';
import { createLog } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { createSecrets, fetchSecretWith } from '../runtime/secrets';
import { writeLine } from '../runtime/write-line';
import { createActionSignature } from './api/action-signature';
import { createStatusHandler } from './api/handle-status';
import { createPageRoute, deadEndPage } from './api/page-route';
import { createReadinessRoute } from './api/readiness-route';
import { createSnapshotRoute } from './api/snapshot-route';
import { createRowsOf } from './rows-of';
import { createConnectRoute } from './socket/connect-route';
import { createConnections } from './socket/connections';
import { callbackOf, createPostToConnection } from './socket/post-to-connection';
import { createSnapshotMessage } from './socket/snapshot-message';
import { createTakeSnapshot } from './take-snapshot';
import { createTokenSecrets } from './tokens/token-secrets';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecrets(fetchSecretWith(createSecretsManager()), Date.now);
const now = Date.now;
const statusSecrets = createTokenSecrets(secrets, environment.text('statusSecretArn'), now);
const returnSecrets = createTokenSecrets(secrets, environment.text('returnSecretArn'), now);
const rowsOf = createRowsOf(dynamoDb, environment.text('userLinkTableName'), now);
const takeSnapshot = createTakeSnapshot({ rowsOf, statusSecrets, returnSecrets, settings, now });
const socketUrl = environment.text('statusSocketUrl');
const ofUser = async (userId: string) => {
  const { text: pepper } = await secrets.read(environment.text('pepperSecretArn'));
  return userRefOf(pepper, environment.text('tenant'), userId);
};
const session = { statusSecrets, userRefOf: ofUser, takeSnapshot, now };
const page = { ...session, settings, pageUrl: environment.text('statusPageUrl'), socketUrl };
const isSignedByAction = createActionSignature({
  keyRing: async ({ fresh }) => {
    const read = fresh ? secrets.reread : secrets.read;
    return { actions: parseKeys((await read(environment.text('signingSecretArn'))).text) };
  },
  now,
});

export const handler = createStatusHandler({
  routes: {
    page: createPageRoute(page),
    snapshot: createSnapshotRoute(session),
    readiness: createReadinessRoute({ isSignedByAction, userRefOf: ofUser, rowsOf, settings }),
    connect: createConnectRoute(session),
    said: createSnapshotMessage({
      ...session,
      connections: createConnections(dynamoDb, environment.text('statusConnectionTableName')),
      post: createPostToConnection(callbackOf(socketUrl)),
    }),
    unavailable: (call) => deadEndPage('unavailable', call, page),
  },
  log: createLog(writeLine, now),
  metrics: createMetrics(writeLine, now, environment.text('environment')),
});
