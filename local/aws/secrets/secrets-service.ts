import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import { ACCOUNT, REGION } from '../../template/pseudo-parameters';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';

type Input = Record<string, unknown>;
type Output = Record<string, unknown>;

interface SecretVersion {
  readonly id: string;
  readonly string?: string;
  /** base64 */
  readonly binary?: string;
  readonly created: number;
}

interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly description?: string;
  readonly created: number;
  current?: SecretVersion;
  previous?: SecretVersion;
}

/** Secrets in memory with their current and previous version. */
export function createSecretsService(clock: Clock): AwsService {
  const secrets = new Map<string, Secret>();
  const now = () => clock.now() / 1000;
  const find = (input: Input): Secret => {
    const id = String(input.SecretId ?? '');
    const secret = [...secrets.values()].find(
      ({ arn, name }) => arn === id || name === id || arn.slice(0, -7) === id,
    );
    if (!secret)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  };
  const operations: Record<string, (input: Input) => Output> = {
    CreateSecret: (input) => {
      const name = String(input.Name ?? '');
      if (secrets.has(name))
        throw new AwsError('ResourceExistsException', `The secret ${name} already exists.`);
      const secret = newSecret(name, input, now());
      secrets.set(name, secret);
      return hasValue(input) ? put(secret, input, now()) : { ARN: secret.arn, Name: name };
    },
    PutSecretValue: (input) => put(find(input), input, now()),
    GetSecretValue: (input) => read(find(input), input),
    DescribeSecret: (input) => describe(find(input)),
    ListSecrets: () => ({ SecretList: [...secrets.values()].map(describe) }),
  };
  return {
    name: 'secretsmanager',
    resourceOf: (_, input) => nameOf(String(input.SecretId ?? input.Name ?? '')) || undefined,
    async handle(operation, input) {
      const known = operations[operation];
      if (!known) throw unsupportedOperation('secretsmanager', operation);
      return { json: known(input) };
    },
    close: async () => undefined,
  };
}

/** AWS adds a hyphen and six random characters to the name; ours are always the same. */
function newSecret(name: string, input: Input, created: number): Secret {
  const arn = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-000000`;
  const secret: Secret = { arn, name, created };
  return typeof input.Description === 'string' ? { ...secret, description: input.Description } : secret;
}

function hasValue({ SecretString, SecretBinary }: Input): boolean {
  return SecretString !== undefined || SecretBinary !== undefined;
}

function put(secret: Secret, input: Input, created: number): Output {
  if (!hasValue(input))
    throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
  if (secret.current) secret.previous = secret.current;
  secret.current = {
    id: String(input.ClientRequestToken ?? randomUUID()),
    created,
    ...(typeof input.SecretString === 'string' ? { string: input.SecretString } : {}),
    ...(typeof input.SecretBinary === 'string' ? { binary: input.SecretBinary } : {}),
  };
  return { ARN: secret.arn, Name: secret.name, VersionId: secret.current.id, VersionStages: ['AWSCURRENT'] };
}

function read(secret: Secret, { VersionId, VersionStage }: Input): Output {
  const stages = { AWSCURRENT: secret.current, AWSPREVIOUS: secret.previous };
  const wanted = Object.entries(stages).find(([stage, version]) =>
    VersionId === undefined ? stage === (VersionStage ?? 'AWSCURRENT') : version?.id === VersionId,
  );
  const [stage, version] = wanted ?? [];
  if (!version)
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret value.");
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: [stage],
    CreatedDate: version.created,
    ...(version.string === undefined ? { SecretBinary: version.binary } : { SecretString: version.string }),
  };
}

function describe({ arn, name, description, created, current, previous }: Secret): Output {
  const versions = {
    ...(previous && { [previous.id]: ['AWSPREVIOUS'] }),
    ...(current && { [current.id]: ['AWSCURRENT'] }),
  };
  return {
    ARN: arn,
    Name: name,
    Description: description,
    CreatedDate: created,
    VersionIdsToStages: versions,
  };
}

function nameOf(id: string): string {
  return id.startsWith('arn:') ? (id.split(':')[6] ?? '').replace(/-.{6}$/, '') : id;
}
