import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import settings from 'punctual:status';
import { userRefOf } from '../../events/user-ref';
import { createAuditRepository } from '../audit/audit-repository';
import { createManagementApi } from '../auth0/management-api';
import { createManagementToken } from '../auth0/management-token';
import { configuredInvitations } from '../invitations/api/configured-invitations';
import { createDynamoDb, createSecretsManager, createSns, createSqs } from '../runtime/aws-clients';
import { createEnvironment } from '../runtime/environment';
import { callHttp } from '../runtime/http';
import { createLog } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { createOwnEvents } from '../runtime/own-events';
import { createSecrets, fetchSecretWith } from '../runtime/secrets';
import { writeLine } from '../runtime/write-line';
import { expectedFor } from '../status/status-settings';
import { createSharedItem } from '../system-items/shared-item';
import { createUserLinkRepository } from '../user-links/user-link-repository';
import { type Auth0Users, createAuth0Users, MANAGEMENT_TIMEOUT_MS } from './auth0-users';
import { createApi } from './handle-api';
import type { JitSwitches } from './jit-switches';
import { createLinksOf } from './links-of-user';
import { createUnsettledPages } from './unsettled-page';
import { createWaitingRoom, type Places } from './waiting-room';

const environment = createEnvironment(process.env);
const secrets = createSecrets(fetchSecretWith(createSecretsManager()), Date.now);
const secretOf = async (name: 'pepperSecretArn' | 'punctualSecretArn') =>
  (await secrets.read(environment.text(name))).text;
const client = createDynamoDb();
const userLinkTable = environment.text('userLinkTableName');
const tenant = environment.text('tenant');

const log = createLog(writeLine, Date.now);

const managementSecretArn = environment.optional('managementSecretArn');
const management = createManagementApi({
  ...{ tenant, http: callHttp, timeoutMs: MANAGEMENT_TIMEOUT_MS, now: Date.now },
  token: createManagementToken(tenant, managementSecretArn ?? '', { secrets, http: callHttp, now: Date.now }),
  pause: (ms) => setTimeout(ms),
});

/** Absent where the configuration lets nobody ask Auth0 of users. */
const emitted = environment.optional('emittedAttributes');
const attributes = emitted === undefined ? undefined : (JSON.parse(emitted) as string[]);
const ofAuth0: Auth0Users | undefined =
  attributes === undefined || managementSecretArn === undefined
    ? undefined
    : createAuth0Users({ management, attributes, now: Date.now, log });

/** What is in `user_metadata` has one name there. */
const own = (environment.optional('selfService') ?? '')
  .split(',')
  .flatMap((path) => path.split('.')[1] ?? []);

const nameOf = async (userId: string) => userRefOf(await secretOf('pepperSecretArn'), tenant, userId);

const publish = createOwnEvents({
  sns: createSns(),
  topicArn: environment.text('eventTopicArn'),
  keys: () => secretOf('punctualSecretArn'),
  now: Date.now,
});

const invitations = configuredInvitations({
  ...{ environment, client, sqs: createSqs() },
  pepper: () => secretOf('pepperSecretArn'),
  userRefOf: nameOf,
  ...{ management, publish },
  now: Date.now,
});

/** No system can be called so. */
const WAITING = { system: '(provisioning-api)', item: 'waiting' };

export const handler = createApi({
  systems: environment.optional('systems')?.split(',') ?? [],
  byInvitation: environment.optional('byInvitation')?.split(',') ?? [],
  consumers: environment.optional('consumingSystems')?.split(',') ?? [],
  claimNamespace: environment.text('claimNamespace'),
  jit: environment.json('jitSwitches') as JitSwitches,
  expected: (connection) => expectedFor(settings.systems, connection),
  own,
  ...(attributes && { attributes }),
  ...(ofAuth0 && { auth0User: ofAuth0.read, changeAuth0User: ofAuth0.change }),
  ...(invitations && { invitations }),
  userRefOf: nameOf,
  links: createUserLinkRepository(client, userLinkTable),
  linksOf: createLinksOf(client, userLinkTable),
  unsettledPage: createUnsettledPages(client, userLinkTable),
  // Whoever has the pepper knows more than a cursor says.
  cursorKey: () => secretOf('pepperSecretArn'),
  publish,
  audit: createAuditRepository({ client, table: environment.text('auditTableName'), now: Date.now }),
  waitingRoom: createWaitingRoom({
    item: createSharedItem<Places>(client, environment.text('systemTableName'), WAITING),
    most: environment.number('mostWaiting'),
    mostEach: Math.ceil(environment.number('mostWaiting') / 2),
    leaseMs: environment.number('leaseMs'),
    newToken: randomUUID,
    now: Date.now,
  }),
  pause: (ms) => setTimeout(ms),
  now: Date.now,
  log,
  metrics: createMetrics(writeLine, Date.now, environment.text('environment')),
});
