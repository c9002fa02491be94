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
import { createReservations } from './accounts/reservations';
import { type AuthenticateDeps, createAuthenticate } from './authenticity/authenticate';
import type { ReadKeyRing } from './authenticity/check-signature';
import type { ConnectorSurroundings } from './connector-surroundings';
import { createExplain, type ExplainDeps } from './explain/explain';
import { createPreviewGate, createPreviewReservations, previewOf } from './explain/preview';
import { breakerItem, breakerPolicyOf, createGateOf } from './gate/gate-of';
import { createQueueHandler, type QueueDeps } from './handle-queue';
import { countryRuleOf, reservedIn, waysOf } from './instances/ways-of';
import type { ScopeRule } from './intent/scope-rule';
import { backoffMs } from './outcome/retry-policy';
import { createProvision } from './provision';
import { commonDepsOf, retryPolicyOf } from './provision-deps-of';
import { type Over, type PutEvent, type Reach, transportTo } from './transport';

export type { Over } from './transport';

export function createSecretsOfFunction(): Secrets {
  return createSecrets(fetchSecretWith(createSecretsManager()), Date.now);
}

/** The Lambda handler of a system: its queue and operators who ask on one side, the system on the other. */
export function createConnectorHandler(
  over: Over,
  surroundings: ConnectorSurroundings,
): (event: SQSEvent | object) => Promise<SQSBatchResponse | Explanation> {
  const queue = createQueueHandler(queueDeps(over, surroundings));
  const explain = createExplain(explainDeps(over, surroundings));
  // Who may invoke a function may also write its events; those are believed by their signatures alone.
  return async (event) => ('Records' in event ? queue(event) : explain(explainRequest.parse(event)));
}

// A system that is behind no bus has nothing to put there.
function reachOf({ http, httpOf, dynamoDb, putEvent = noBus }: ConnectorSurroundings): Reach {
  return { http, dynamoDb, putEvent, ...(httpOf && { httpOf }) };
}

const noBus: PutEvent = () => Promise.reject(new Error('This system is behind no bus.'));

function queueDeps(over: Over, surroundings: ConnectorSurroundings): QueueDeps {
  const { environment, dynamoDb } = surroundings;
  const system = environment.text('system');
  const policy = retryPolicyOf(environment);
  const backoff = (deliveries: number) => backoffMs(policy, deliveries, Math.random());
  const report = {
    log: createLog(writeLine, Date.now),
    metrics: createMetrics(writeLine, Date.now, environment.text('environment')),
  };
  const table = environment.text('systemTableName');
  const wayTo = (instance?: string, reserved?: string) => ({
    connector: over(transportTo(reachOf(surroundings), instance), instance),
    gate: createGateOf(surroundings, report, instance),
    reservations: createReservations(dynamoDb, table, system, Date.now, reserved),
  });
  return {
    system,
    authenticate: createAuthenticate({ ...authenticateDeps(surroundings), backoff }),
    provision: createProvision({
      ...commonDepsOf(surroundings),
      ...waysOf(countryRuleOf(environment), wayTo),
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
  const table = environment.text('systemTableName');
  const policy = breakerPolicyOf(environment);
  const rule = countryRuleOf(environment);
  const guards = (instance?: string) => ({
    reservations: createPreviewReservations(dynamoDb, table, system, reservedIn(rule, instance)),
    gate: createPreviewGate({ item: breakerItem(surroundings, instance), policy, now: Date.now }),
  });
  return {
    ...{ system, over, kind: explained, transport: reachOf(surroundings) },
    scopeRule: environment.json('scope') as ScopeRule | null,
    newPreview: () => previewOf(commonDepsOf(surroundings), guards, rule),
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
