import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { explainRequest } from '../../events/explain-request';
import type { Explanation } from '../../events/explanation';
import type { OurIssuer } from '../../events/issuers';
import { parseKeys } from '../../events/key-ring';
import { createSecretsManager, createSqs } from '../runtime/aws-clients';
import type { ENVIRONMENT_NAMES } from '../runtime/environment-names';
import { createLog } from '../runtime/logger';
import { createMetrics } from '../runtime/metrics';
import { createSecrets, fetchSecretWith, type Secrets } from '../runtime/secrets';
import { writeLine } from '../runtime/write-line';
import { type AuthenticateDeps, createAuthenticate } from './authenticity/authenticate';
import type { ReadKeyRing } from './authenticity/check-signature';
import type { Connector } from './connector';
import type { ConnectorSurroundings } from './connector-surroundings';
import { createExplain, type ExplainDeps } from './explain/explain';
import { createPreviewGate, createPreviewReservations, previewOf } from './explain/preview';
import { breakerItem, breakerPolicyOf, createGateOf } from './gate/gate-of';
import type { Handover } from './hand-over/handover';
import { createQueueHandler, type QueueDeps } from './handle-queue';
import type { ScopeRule } from './intent/scope-rule';
import { backoffMs } from './outcome/retry-policy';
import { createProvision } from './provision';
import { provisionDepsOf, retryPolicyOf } from './provision-deps-of';
import type { PutEvent, Transport } from './transport';

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
  const queue = createQueueHandler(queueDeps(over(transportOf(surroundings)), surroundings));
  const explain = createExplain(explainDeps(over, surroundings));
  // Who may invoke a function may also write its events; those are believed by their signatures alone.
  return async (event) => ('Records' in event ? queue(event) : explain(explainRequest.parse(event)));
}

function transportOf({ http, dynamoDb, putEvent = noBus }: ConnectorSurroundings): Transport {
  return { http, dynamoDb, putEvent };
}

const noBus: PutEvent = () => Promise.reject(new Error('This system is behind no bus.'));

function queueDeps(connector: Connector | Handover, surroundings: ConnectorSurroundings): QueueDeps {
  const { environment } = surroundings;
  const policy = retryPolicyOf(environment);
  const backoff = (deliveries: number) => backoffMs(policy, deliveries, Math.random());
  const report = {
    log: createLog(writeLine, Date.now),
    metrics: createMetrics(writeLine, Date.now, environment.text('environment')),
  };
  return {
    system: environment.text('system'),
    authenticate: createAuthenticate({ ...authenticateDeps(surroundings), backoff }),
    provision: createProvision({
      ...provisionDepsOf(surroundings, createGateOf(surroundings, report)),
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
    ...{ system, over, kind: explained, transport: transportOf(surroundings) },
    scopeRule: environment.json('scope') as ScopeRule | null,
    newPreview: () => previewOf(provisionDepsOf(surroundings, gate), { gate, reservations }),
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
