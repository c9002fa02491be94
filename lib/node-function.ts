import type { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { functionCode } from './function-code';
import { FunctionAlarms, type FunctionStem } from './monitoring/function-alarms';
import type { StageProps } from './stage-props';

export type FunctionEnvironment = Partial<
  Record<(typeof ENVIRONMENT_NAMES)[keyof typeof ENVIRONMENT_NAMES], string>
>;

export interface NodeFunctionProps extends Pick<StageProps, 'alarmTopic' | 'runbookUrl' | 'removalPolicy'> {
  /** Which alarms speak of it. */
  readonly stem: FunctionStem;
  /** @default - it works for all systems */
  readonly system?: string;
  /** Path below `lambdas/` without `.lambda.ts`, such as `connectors/scim/scim`. */
  readonly entry: string;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment: FunctionEnvironment;
  /** Invocations at once, taken out of the account's for it alone. @default - whatever the account has left */
  readonly reservedConcurrency?: number;
  /** Files that stand for modules which the entry imports by a name. @default none */
  readonly modules?: Readonly<Record<string, string>>;
}

/** A Lambda function of ours: one way of bundling, one runtime, a log that ends, alarms, a role that begins empty. */
export class NodeFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { entry, removalPolicy, description, timeout, environment, modules = {} } = props;
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.THREE_MONTHS, removalPolicy });
    // The role that CDK makes may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.function = new LambdaFunction(this, 'Function', {
      ...{ description, timeout, environment },
      code: functionCode(entry, modules),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      logGroup,
      role,
    });
    new FunctionAlarms(this, 'Alarms', { ...props, function: this.function });
  }
}
