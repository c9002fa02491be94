import type { Clock } from '../../clock';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';
import {
  describeSecret,
  hasValue,
  moveStage,
  newSecret,
  putVersion,
  readVersion,
  type Secret,
} from './secret';

type Input = Record<string, unknown>;
type Output = Record<string, unknown>;

/**
 * Secrets in memory with all their versions.
 *
 * @param onChange told of the ARN of a secret whose current value may be another one now
 */
export function createSecretsService(
  clock: Clock,
  onChange: (arn: string) => void = () => undefined,
): AwsService {
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
  const changing = (input: Input, change: (secret: Secret) => Output): Output => {
    const secret = find(input);
    const output = change(secret);
    onChange(secret.arn);
    return output;
  };
  const operations: Record<string, (input: Input) => Output> = {
    CreateSecret: (input) => {
      const name = String(input.Name ?? '');
      if (secrets.has(name))
        throw new AwsError('ResourceExistsException', `The secret ${name} already exists.`);
      const secret = newSecret(name, input, now());
      secrets.set(name, secret);
      return hasValue(input) ? putVersion(secret, input, now()) : { ARN: secret.arn, Name: name };
    },
    PutSecretValue: (input) => changing(input, (secret) => putVersion(secret, input, now())),
    UpdateSecretVersionStage: (input) => changing(input, (secret) => moveStage(secret, input)),
    GetSecretValue: (input) => readVersion(find(input), input),
    DescribeSecret: (input) => describeSecret(find(input)),
    ListSecrets: () => ({ SecretList: [...secrets.values()].map(describeSecret) }),
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

function nameOf(id: string): string {
  return id.startsWith('arn:') ? (id.split(':')[6] ?? '').replace(/-.{6}$/, '') : id;
}
