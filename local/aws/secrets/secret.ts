import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../../template/pseudo-parameters';
import { AwsError } from '../aws-error';

type Input = Record<string, unknown>;
type Output = Record<string, unknown>;

interface SecretVersion {
  readonly string?: string;
  /** base64 */
  readonly binary?: string;
  readonly created: number;
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly created: number;
  /** By id. */
  readonly versions: Map<string, SecretVersion>;
  /** Id of the version that has a staging label; a label is on one version at most. */
  readonly stages: Map<string, string>;
}

/** AWS adds a hyphen and six random characters to the name; ours are always the same. */
export function newSecret(name: string, input: Input, created: number): Secret {
  const arn = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-000000`;
  const secret: Secret = { arn, name, created, versions: new Map(), stages: new Map() };
  return typeof input.Description === 'string' ? { ...secret, description: input.Description } : secret;
}

export function hasValue({ SecretString, SecretBinary }: Input): boolean {
  return SecretString !== undefined || SecretBinary !== undefined;
}

/** A new version, with the labels that are asked for. */
export function putVersion(secret: Secret, input: Input, created: number): Output {
  if (!hasValue(input))
    throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
  const id = String(input.ClientRequestToken ?? randomUUID());
  secret.versions.set(id, {
    created,
    ...(typeof input.SecretString === 'string' ? { string: input.SecretString } : {}),
    ...(typeof input.SecretBinary === 'string' ? { binary: input.SecretBinary } : {}),
  });
  const stages = (input.VersionStages as string[] | undefined) ?? ['AWSCURRENT'];
  for (const stage of stages) label(secret, stage, id);
  return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: stages };
}

/** Moves a label; refuses when the version that has it is not the one that is named, as AWS does. */
export function moveStage(secret: Secret, input: Input): Output {
  const { VersionStage, MoveToVersionId, RemoveFromVersionId } = input;
  const [stage, to] = [String(VersionStage ?? ''), String(MoveToVersionId ?? '')];
  if (!secret.versions.has(to)) throw notFound('version');
  const from = secret.stages.get(stage);
  if (from !== undefined && from !== to && from !== RemoveFromVersionId) {
    throw new AwsError(
      'InvalidParameterException',
      `The parameter RemoveFromVersionId can't be empty or wrong. Staging label ${stage} is currently attached to version ${from}.`,
    );
  }
  label(secret, stage, to);
  return { ARN: secret.arn, Name: secret.name };
}

export function readVersion(secret: Secret, { VersionId, VersionStage }: Input): Output {
  const id =
    VersionId === undefined ? secret.stages.get(String(VersionStage ?? 'AWSCURRENT')) : String(VersionId);
  const version = secret.versions.get(id ?? '');
  if (id === undefined || version === undefined) throw notFound('value');
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: id,
    VersionStages: stagesOf(secret, id),
    CreatedDate: version.created,
    ...(version.string === undefined ? { SecretBinary: version.binary } : { SecretString: version.string }),
  };
}

export function describeSecret(secret: Secret): Output {
  const labelled = [...secret.versions.keys()].map((id) => [id, stagesOf(secret, id)] as const);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    CreatedDate: secret.created,
    VersionIdsToStages: Object.fromEntries(labelled.filter(([, stages]) => stages.length > 0)),
  };
}

function label({ stages }: Secret, stage: string, id: string): void {
  const before = stages.get(stage);
  stages.set(stage, id);
  if (stage === 'AWSCURRENT' && before !== undefined && before !== id) stages.set('AWSPREVIOUS', before);
}

function stagesOf({ stages }: Secret, id: string): string[] {
  return [...stages].filter(([, version]) => version === id).map(([stage]) => stage);
}

function notFound(what: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret ${what}.`,
  );
}
