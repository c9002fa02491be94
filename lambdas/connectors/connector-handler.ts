import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { BREAKER_ITEM, type BreakerState } from '../../events/breaker-state';
import { explainRequest } from '../../events/explain-request';
import type { Explanation } from '../../events/explanation';
import type { OurIssuer } from '../../events/issuers';
import { parseKeys } from '../../events/key-ring';
import { accountRefOf, externalIdOf, userRefOf } from '../../events/user-ref';
import { createSecretsManager, createSqs } from '../runtime/aws-clients';
import type { Environment } from '../runtime/environment';
import type { ENVIRONMENT_NAMES } from '../runtime/environment-names';
import type { HttpClient } from '../runtime/http';
import { createLog, type Log } from '../runtime/logger';
import { createMetrics, type Metrics } from '../runtime/metrics';
import { createSecrets, fetchSecretWith, type Secrets } from '../runtime/secrets';
import { createSharedItem, type SharedItem } from '../system-items/shared-item';
import type { OnLeave } from '../user-links/decision';
import { createUserLinkRepository } from '../user-links/user-link-repository';
import { createAdmitDeletion } from './admit-deletion';
import type { AdoptionPolicy } from './adoption';
import type { ProvisionAt } from './asking';
import { type AuthenticateDeps, createAuthenticate } from './authenticate';
import type { BreakerPolicy } from './breaker';
import type { ReadKeyRing } from './check-signature';
import type { Connector } from './connector';
import { createExplain, type ExplainDeps } from './explain/explain';
import type { KindExplained } from './explain/kind-explained';
import { createPreviewGate, createPreviewReservations, previewOf } from './explain/preview';
import { createGate, type Gate } from './gate';
import { createQueueHandler, type QueueDeps } from './handle-queue';
import type { Handover } from './handover';
import { createMapping } from './mapping';
import type { MappingRule } from './mapping-rule';
import { createProvision } from './provision';
import type { ProvisionDeps } from './provision-deps';
import { createReservations } from './reservations';
import { backoffMs, type RetryPolicy } from './retry-policy';
import { createScope } from './scope';
import type { ScopeRule } from './scope-rule';
import type { Transport } from './transport';

/** What every connector's function shares, whatever the kind of its system. */
export interface ConnectorSurroundings {
  readonly environment: Environment;
  readonly dynamoDb: DynamoDBDocumentClient;
  readonly http: HttpClient;
  readonly secrets: Secrets;
  readonly explained: KindExplained;
}

/** The way into a system over a transport, which is all that it may reach it by. */
export type Over = (transport: Transport) => Connector | Handover;

export function createSecretsOfFunction(): Secrets {
  return createSecrets(fetchSecretWith(createSecretsManager()), Date.now);
}

/** The Lambda handler of a system: its queue and operators who ask on one side, the system on the other. */
export function createConnectorHandler(
  over: Over,
  surroundings: ConnectorSurroundings,
): (event: SQSEvent | object) => Promise<SQSBatchResponse | Explanation> {
  const queue = createQueueHandler(queueDeps(over(surroundings), surroundings));
  const explain = createExplain(explainDeps(over, surroundings));
  // Who may invoke a function may also write its events; those are believed by their signatures alone.
  return async (event) => ('Records' in event ? queue(event) : explain(explainRequest.parse(event)));
}

function queueDeps(connector: Connector | Handover, surroundings: ConnectorSurroundings): QueueDeps {
  const { environment } = surroundings;
  const policy = retryPolicyOf(environment);
  const backoff = (deliveries: number) => backoffMs(policy, deliveries, Math.random());
  // Straight to stdout: Lambda takes each line as a log event, and EMF must not be prefixed.
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  const report = {
    log: createLog(write, Date.now),
    metrics: createMetrics(write, Date.now, environment.text('environment')),
  };
  return {
    system: environment.text('system'),
    authenticate: createAuthenticate({ ...authenticateDeps(surroundings), backoff }),
    provision: createProvision({
      ...provisionDeps(surroundings, createGateOf(surroundings, report)),
      connector,
    }),
    sqs: createSqs(),
    sourceQueueUrl: environment.text('sourceQueueUrl'),
    deadLetterQueueUrl: environment.text('deadLetterQueueUrl'),
    quarantineQueueUrl: environment.text('quarantineQueueUrl'),
    backoff,
    budgetMs: policy.budgetMs,
    now: Date.now,
    ...report,
  };
}

function explainDeps(over: Over, surroundings: ConnectorSurroundings): ExplainDeps {
  const { environment, dynamoDb, explained } = surroundings;
  const system = environment.text('system');
  const reservations = createPreviewReservations(dynamoDb, environment.text('systemTableName'), system);
  const item = breakerItem(surroundings);
  const gate = createPreviewGate({ item, policy: breakerPolicyOf(environment), now: Date.now });
  return {
    ...{ system, over, kind: explained, transport: surroundings },
    scopeRule: environment.json('scope') as ScopeRule | null,
    newPreview: () => previewOf(provisionDeps(surroundings, gate), { gate, reservations }),
  };
}

const SECRETS_OF_ISSUERS = {
  actions: 'signingSecretArn',
  'event-stream': 'eventStreamSecretArn',
  punctual: 'punctualSecretArn',
} as const satisfies Record<OurIssuer, keyof typeof ENVIRONMENT_NAMES>;

function authenticateDeps({
  environment,
  secrets,
}: ConnectorSurroundings): Omit<AuthenticateDeps, 'backoff'> {
  const ours = Object.entries(SECRETS_OF_ISSUERS).map(
    ([issuer, name]) => [issuer, environment.text(name)] as const,
  );
  // Of all systems only the one that this worker is for can sign off its accounts.
  const signOff = environment.optional('signOffSecretArn');
  const issuers = signOff === undefined ? ours : [...ours, ['system', signOff] as const];
  const keyRing: ReadKeyRing = async ({ fresh }) => {
    const read = fresh ? secrets.reread : secrets.read;
    const rings = await Promise.all(issuers.map(async ([issuer, arn]) => ({ issuer, ...(await read(arn)) })));
    return {
      keys: Object.fromEntries(rings.map(({ issuer, text }) => [issuer, parseKeys(text)])),
      readAt: Math.min(...rings.map(({ readAt }) => readAt)),
    };
  };
  return { keyRing, unsignedAllowed: environment.flag('plainInterfaceUnsigned'), now: Date.now };
}

interface Voices {
  readonly log: Log;
  readonly metrics: Metrics;
}

function createGateOf(surroundings: ConnectorSurroundings, voices: Voices): Gate {
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

function breakerItem({ environment, dynamoDb }: ConnectorSurroundings): SharedItem<BreakerState> {
  const key = { system: environment.text('system'), item: BREAKER_ITEM };
  return createSharedItem<BreakerState>(dynamoDb, environment.text('systemTableName'), key);
}

const breakerPolicyOf = (environment: Environment): BreakerPolicy => ({
  minimumUsers: environment.number('breakerMinimumUsers'),
  failurePercent: environment.number('breakerFailurePercent'),
  windowMs: environment.number('breakerWindowMs'),
  pauseMs: environment.number('breakerPauseMs'),
  longestPauseMs: environment.number('breakerLongestPauseMs'),
  // A worker that tries the system lives as long as its lease at most.
  probeMs: environment.number('leaseMs'),
});

function provisionDeps(
  { environment, dynamoDb, secrets }: ConnectorSurroundings,
  gate: Gate,
): Omit<ProvisionDeps, 'connector'> {
  const tenant = environment.text('tenant');
  const environmentName = environment.text('environment');
  const pepperArn = environment.text('pepperSecretArn');
  const system = environment.text('system');
  const threshold = {
    system,
    accounts: environment.number('deletionThreshold'),
    windowMs: environment.number('deletionWindowMs'),
  };
  const systemTableName = environment.text('systemTableName');
  const signOffMs = environment.optional('signOffMs');
  return {
    system,
    gate,
    admitDeletion: createAdmitDeletion(dynamoDb, systemTableName, threshold, Date.now),
    adoption: environment.json('adoption') as AdoptionPolicy,
    reservations: createReservations(dynamoDb, systemTableName, system, Date.now),
    links: createUserLinkRepository(dynamoDb, environment.text('userLinkTableName')),
    provisionAt: environment.text('provisionAt') as ProvisionAt,
    after: environment.json('after') as readonly string[],
    scope: createScope(environment.json('scope') as ScopeRule | null),
    mapping: createMapping(environment.json('mapping') as MappingRule[]),
    identify: async (userId) => ({
      userRef: userRefOf((await secrets.read(pepperArn)).text, tenant, userId),
      externalId: externalIdOf(tenant, environmentName, userId),
    }),
    accountRefOf: async (accountId) => accountRefOf((await secrets.read(pepperArn)).text, system, accountId),
    now: Date.now,
    random: Math.random,
    newToken: randomUUID,
    leaseMs: environment.number('leaseMs'),
    settleMs: environment.number('settleMs'),
    retry: retryPolicyOf(environment),
    ...(signOffMs === undefined ? {} : { signOffMs: Number(signOffMs) }),
    leave: {
      ending: environment.text('leaveEnding') === 'disable' ? 'disable' : 'delete',
      afterMs: environment.number('leaveAfterMs'),
      graceMs: environment.number('leaveGraceMs'),
      onLeaveScope: environment.text('onLeaveScope') as OnLeave,
    },
  };
}

const retryPolicyOf = (environment: Environment): RetryPolicy => ({
  baseMs: environment.number('retryBaseMs'),
  capMs: environment.number('retryCapMs'),
  horizonMs: environment.number('retryHorizonMs'),
  minAttempts: environment.number('retryMinAttempts'),
  budgetMs: environment.number('retryBudgetMs'),
});
