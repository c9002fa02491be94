import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type AwsContext, withClock } from './client';
import { asking } from './explain-aws-error';
import type { SecretStore } from './secret-store';

export function createSecretStore({ config, clock }: AwsContext): SecretStore {
  const client = withClock(new SecretsManagerClient(config), clock);
  return {
    async read(arn) {
      const command = new GetSecretValueCommand({ SecretId: arn });
      const { SecretString = '' } = await asking('secretsmanager:GetSecretValue', client.send(command));
      return SecretString;
    },
    async write(arn, text) {
      const command = new PutSecretValueCommand({ SecretId: arn, SecretString: text });
      await asking('secretsmanager:PutSecretValue', client.send(command));
    },
  };
}
