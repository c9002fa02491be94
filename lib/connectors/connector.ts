import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { SystemConfiguration } from '../configuration';
import { type Timings, timingsOf } from '../configuration/timings';
import type { GeneratedSecret } from '../generated-secret';
import { type FunctionEnvironment, NodeFunction } from '../node-function';
import type { Quarantine } from '../quarantine';
import type { SystemQueue } from '../system-queue';
import type { UserLinkTable } from '../user-link-table';

/** What the connectors of all systems share. */
export interface ConnectorSurroundings {
  /** Variables that tell a function which environment it is in. */
  readonly environment: FunctionEnvironment;
  readonly userLinks: UserLinkTable;
  readonly quarantine: Quarantine;
  readonly signingSecret: GeneratedSecret;
  readonly pepper: GeneratedSecret;
  /** Encrypts what a connector keeps for itself. */
  readonly dataKey: IKey;
  readonly removalPolicy: RemovalPolicy;
}

export interface ConnectorProps<Configuration extends SystemConfiguration = SystemConfiguration>
  extends ConnectorSurroundings {
  /** Name of the system. */
  readonly system: string;
  readonly configuration: Configuration;
  readonly queue: SystemQueue;
}

/** Provision: a function per system that works off its queue. A kind of system adds what it needs. */
export class Connector extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ConnectorProps) {
    super(scope, id);
    const { kind } = props.configuration;
    const timings = timingsOf(props.configuration);
    this.function = new NodeFunction(this, 'Function', {
      entry: `connectors/${kind}/${kind}`,
      description: `Provisions accounts in ${props.system}`,
      timeout: Duration.seconds(timings.functionTimeoutSeconds),
      environment: { ...props.environment, ...variablesOf(props, timings) },
      removalPolicy: props.removalPolicy,
    });
    this.nameSystem(props.system, kind);
    this.workOff(props.queue.queue, props);
    this.grantParking(props);
    props.userLinks.grantLinking(this.function);
    props.signingSecret.grantReadAs(this.function, ENVIRONMENT_NAMES.signingSecretArn);
    props.pepper.grantReadAs(this.function, ENVIRONMENT_NAMES.pepperSecretArn);
  }

  // Who runs the template elsewhere finds the systems by this mark, not by parsing logical ids.
  private nameSystem(name: string, kind: string): void {
    const resource = this.function.node.defaultChild as CfnFunction;
    resource.addMetadata('punctual:system', { name, kind });
  }

  private workOff(queue: Queue, { configuration }: ConnectorProps): void {
    this.function.addEventSource(
      new SqsEventSource(queue, {
        batchSize: configuration.concurrency.batchSize,
        // Reserved concurrency instead would throw polled messages back and use up their receives.
        maxConcurrency: configuration.concurrency.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    this.function.addEnvironment(ENVIRONMENT_NAMES.sourceQueueUrl, queue.queueUrl);
  }

  private grantParking({ queue, quarantine }: ConnectorProps): void {
    queue.deadLetterQueue.grantSendMessages(this.function);
    this.function.addEnvironment(ENVIRONMENT_NAMES.deadLetterQueueUrl, queue.deadLetterQueue.queueUrl);
    quarantine.queue.grantSendMessages(this.function);
    this.function.addEnvironment(ENVIRONMENT_NAMES.quarantineQueueUrl, quarantine.queue.queueUrl);
  }
}

function variablesOf({ system, configuration }: ConnectorProps, timings: Timings): FunctionEnvironment {
  const { retry, timeouts } = configuration;
  return {
    [ENVIRONMENT_NAMES.system]: system,
    [ENVIRONMENT_NAMES.requestTimeoutMs]: `${timeouts.requestSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.leaseMs]: `${timings.leaseSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.settleMs]: `${timeouts.settleSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.retryBaseMs]: `${retry.baseSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.retryCapMs]: `${retry.capSeconds * 1_000}`,
    [ENVIRONMENT_NAMES.retryHorizonMs]: `${retry.horizonHours * 3_600_000}`,
    [ENVIRONMENT_NAMES.retryMinAttempts]: `${retry.minAttempts}`,
  };
}
