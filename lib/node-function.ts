import { join } from 'node:path';
import type { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { FunctionAlarms, type FunctionStem } from './monitoring/function-alarms';
import type { StageProps } from './stage-props';

const ROOT = join(__dirname, '..');

const BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  // The local run uses the same bundles on Node 20.
  target: 'node20',
  minify: true,
  // The SDK of the runtime loads more slowly than a bundled one, and changes under us.
  bundleAwsSDK: true,
  // A function finds its credentials in its environment. The SDK would load these only without any there, and
  // they are a quarter of the bundle.
  externalModules: [
    ...['http', 'sso', 'ini', 'process', 'web-identity', 'login'].map(
      (way) => `@aws-sdk/credential-provider-${way}`,
    ),
    '@smithy/credential-provider-imds',
    // Loaded for operations that stream events, of which we call none.
    '@smithy/core/event-streams',
  ],
  // Without it esbuild takes the CommonJS builds, which are half as large again and cannot be shaken.
  mainFields: ['module', 'main'],
  // Dependencies that are CommonJS call require, which an ES module does not have.
  banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  logLevel: LogLevel.WARNING,
};

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
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { entry, removalPolicy, description, timeout, environment, modules = {} } = props;
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.THREE_MONTHS, removalPolicy });
    // The role that CDK makes may write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    this.function = new NodejsFunction(this, 'Function', {
      ...{ description, timeout, environment },
      entry: join(ROOT, 'lambdas', `${entry}.lambda.ts`),
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      bundling: { ...BUNDLING, esbuildArgs: aliasesOf(modules) },
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      // Speaks to version 2 of the SDK only.
      awsSdkConnectionReuse: false,
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
      logGroup,
      role,
    });
    new FunctionAlarms(this, 'Alarms', { ...props, function: this.function });
  }
}

const aliasesOf = (modules: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(modules).map(([name, file]) => [`--alias:${name}`, file]));
