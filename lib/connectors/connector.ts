import { Duration } from 'aws-cdk-lib';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { Configuration, SystemConfiguration } from '../configuration';
import { termsOf } from '../configuration/terms-of';
import { timingsOf } from '../configuration/timings';
import type { GeneratedSecret } from '../generated-secret';
import type { ManagementClient } from '../management-client';
import { addConnectorAlarms } from '../monitoring/connector-alarms';
import { type FunctionEnvironment, NodeFunction } from '../node-function';
import type { Quarantine } from '../quarantine';
import type { SigningSecrets } from '../signing-secrets';
import type { StageProps } from '../stage-props';
import type { SystemQueue } from '../system-queue';
import type { SystemTable } from '../system-table';
import type { UserLinkTable } from '../user-link-table';
import { adoptionOf } from './adoption-of';
import type { CustomModule } from './custom-module';
import { jitRuleOf } from './jit-rule-of';
import { mappingRulesOf } from './mapping-rules-of';
import { scopeRuleOf } from './scope-rule-of';

/** What the connectors of all systems share. */
export interface ConnectorSurroundings extends StageProps {
  /** Variables that tell a function which environment it is in. */
  readonly environment: FunctionEnvironment;
  readonly userLinks: UserLinkTable;
  readonly quarantine: Quarantine;
  readonly systemTable: SystemTable;
  readonly signingSecrets: SigningSecrets;
  readonly pepper: GeneratedSecret;
  readonly jit: Configuration['jit'];
  /** Where a system is the tenant itself. */
  readonly tenant?: GrantingTenant | undefined;
}

/** What gives people of the tenant what their invitations bring. */
export interface GrantingTenant {
  readonly management: ManagementClient;
  /** Ids of the roles that may be given, by their names. */
  readonly roles: Readonly<Record<string, string>>;
}

export interface ConnectorProps<Configuration extends SystemConfiguration = SystemConfiguration>
  extends ConnectorSurroundings {
  /** Name of the system. */
  readonly system: string;
  readonly configuration: Configuration;
  readonly queue: SystemQueue;
  /** What a team wrote. @default - the kind is all there is */
  readonly module?: CustomModule;
}

/** Provision: a function per system that works off its queue. A kind of system adds what it needs. */
export class Connector extends Construct {
  readonly function: LambdaFunction;
  /** What people have to know of it, by the beginning of the output's name: ids and addresses. */
  readonly outputs: Record<string, string> = {};

  constructor(scope: Construct, id: string, props: ConnectorProps) {
    super(scope, id);
    this.function = this.createFunction(props);
    this.nameSystem(props);
    props.queue.workOffBy(this.function, props.configuration.concurrency);
    props.quarantine.grantPark(this.function);
    props.userLinks.grantLinking(this.function);
    props.systemTable.grantSharing(this.function);
    props.signingSecrets.grantVerifying(this.function);
    props.pepper.grantReadAs(this.function, ENVIRONMENT_NAMES.pepperSecretArn);
    addConnectorAlarms(this, { ...props, function: this.function });
  }

  private createFunction(props: ConnectorProps): LambdaFunction {
    const { kind } = props.configuration;
    return new NodeFunction(this, 'Worker', {
      ...props,
      stem: 'connector',
      entry: `connectors/${kind}/${kind}`,
      description: `Provisions accounts in ${props.system}`,
      timeout: Duration.seconds(timingsOf(props.configuration).functionTimeoutSeconds),
      environment: { ...props.environment, ...variablesOf(props) },
      ...(props.module && { modules: { 'punctual:system': props.module.file } }),
    }).function;
  }

  // Who runs the template elsewhere finds the systems by this mark, not by parsing logical ids.
  private nameSystem({ system, configuration, module }: ConnectorProps): void {
    const resource = this.function.node.defaultChild as CfnFunction;
    resource.addMetadata('punctual:system', {
      ...{ name: system, kind: configuration.kind },
      ...(module && { module: module.name }),
    });
  }
}

function variablesOf({ system, configuration, jit }: ConnectorProps): FunctionEnvironment {
  const { retry, breaker, timeouts, deprovision } = configuration;
  const { scope, provisionAt, after } = termsOf(configuration);
  const { threshold } = deprovision;
  // However somebody comes, what they accepted is theirs.
  const rule = configuration.kind === 'auth0' ? null : jitRuleOf(jit, system);
  return {
    [ENVIRONMENT_NAMES.system]: system,
    [ENVIRONMENT_NAMES.scope]: JSON.stringify(scopeRuleOf(scope)),
    [ENVIRONMENT_NAMES.onLeaveScope]: scope?.onLeave ?? 'disable',
    [ENVIRONMENT_NAMES.provisionAt]: provisionAt,
    ...(rule !== null && { [ENVIRONMENT_NAMES.jitRule]: JSON.stringify(rule) }),
    [ENVIRONMENT_NAMES.mapping]: JSON.stringify(mappingRulesOf(configuration)),
    [ENVIRONMENT_NAMES.after]: JSON.stringify(after),
    [ENVIRONMENT_NAMES.requestTimeoutMs]: `${timeouts.requestSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.leaseMs]: `${timingsOf(configuration).leaseSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.settleMs]: `${timeouts.settleSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.retryBaseMs]: `${retry.baseSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.retryCapMs]: `${retry.capSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.retryHorizonMs]: `${retry.horizonHours * 3_600_000}`,
    [ENVIRONMENT_NAMES.retryMinAttempts]: `${retry.minAttempts}`,
    [ENVIRONMENT_NAMES.retryBudgetMs]: `${timingsOf(configuration).retryBudgetSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.rate]: JSON.stringify(rateOf(configuration)),
    [ENVIRONMENT_NAMES.breakerMinimumUsers]: `${breaker.minimumUsers}`,
    [ENVIRONMENT_NAMES.breakerFailurePercent]: `${breaker.failurePercent}`,
    [ENVIRONMENT_NAMES.breakerWindowMs]: `${breaker.windowSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.breakerPauseMs]: `${breaker.pauseSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.breakerLongestPauseMs]: `${breaker.longestPauseSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.adoption]: adoptionOf(configuration),
    [ENVIRONMENT_NAMES.leaveEnding]: deprovision.ending,
    [ENVIRONMENT_NAMES.leaveAfterMs]: `${deprovision.afterMinutes * 60_000}`,
    [ENVIRONMENT_NAMES.leaveGraceMs]: `${deprovision.graceDays * 86_400_000}`,
    [ENVIRONMENT_NAMES.deletionThreshold]: `${threshold.accounts}`,
    [ENVIRONMENT_NAMES.deletionWindowMs]: `${threshold.windowHours * 3_600_000}`,
  };
}

function rateOf(configuration: SystemConfiguration) {
  if (configuration.rate === undefined) return null;
  return { ...configuration.rate, longestWaitMs: timingsOf(configuration).rateWaitSeconds * 1_000 };
}
