import { CliError } from '../cli-error';
import { once } from '../once';
import type { LocalExtras, Outputs } from './outputs';
import { readLocalOutputs } from './read-local-outputs';

/** The flags that say what a command works on. */
export interface TargetFlags {
  readonly stack?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly directory: string;
}

/** What every client of the SDK is made with. */
export interface ClientConfig {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A deployed stack, or the local run in a directory. */
export interface Target {
  readonly clientConfig: () => Promise<ClientConfig>;
  readonly outputs: () => Promise<Outputs>;
}

export function openTarget(
  flags: TargetFlags,
  describeStack: (name: string) => Promise<Record<string, string>>,
): Target {
  return flags.stack === undefined ? localTarget(flags) : stackTarget(flags.stack, flags, describeStack);
}

function localTarget(flags: TargetFlags): Target {
  if (flags.region !== undefined || flags.profile !== undefined) {
    throw new CliError('usage', '--region and --profile go with --stack', undefined, 2);
  }
  const outputs = once(() => readLocalOutputs(flags.directory));
  return { outputs, clientConfig: async () => configOf((await outputs()).local) };
}

// The local run takes whoever is nobody it knows for the operator.
function configOf({ AwsEndpoint, Region }: LocalExtras): ClientConfig {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  return { endpoint: AwsEndpoint, region: Region, credentials };
}

function stackTarget(
  stackName: string,
  { region, profile }: TargetFlags,
  describeStack: (name: string) => Promise<Record<string, string>>,
): Target {
  const config = {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
  };
  return {
    outputs: once(async () => ({ stackName, values: await describeStack(stackName) })),
    clientConfig: async () => config,
  };
}
