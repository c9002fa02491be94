import settings from 'punctual:status';
import { PublishCommand } from '@aws-sdk/client-sns';
import { createDynamoDb, createSns } from '../runtime/aws-clients';
import { createEnvironment } from '../runtime/environment';
import { createLog } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { textAttributes } from '../runtime/text-attributes';
import { writeLine } from '../runtime/write-line';
import { createStreamHandler } from './handle-stream';
import type { LinkNotification } from './link-change';
import { createProject } from './project';
import { createLimiter } from './push/limiter';
import { createPushChanges } from './push/push-changes';
import { createConnections } from './socket/connections';
import { callbackOf, createPostToConnection } from './socket/post-to-connection';

const environment = createEnvironment(process.env);
const TopicArn = environment.text('notificationTopicArn');
const sns = createSns();
const log = createLog(writeLine, Date.now);

const notify = async (notification: LinkNotification): Promise<void> => {
  const { system, state } = notification;
  await sns.send(
    new PublishCommand({
      TopicArn,
      Message: JSON.stringify(notification),
      MessageAttributes: textAttributes({ system, state }),
    }),
  );
};

const metrics = createMetrics(writeLine, Date.now, environment.text('environment'));

const push = createPushChanges({
  connections: createConnections(createDynamoDb(), environment.text('statusConnectionTableName')),
  post: createPostToConnection(callbackOf(environment.text('statusSocketUrl'))),
  systems: settings.systems,
  limiter: createLimiter(environment.number('pushesPerSecond'), Date.now),
  log,
  now: Date.now,
  timeout: AbortSignal.timeout,
});

export const handler = createStreamHandler(createProject({ notify, log, metrics }), push, log);
