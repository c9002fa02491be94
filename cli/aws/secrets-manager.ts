import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { CliError } from '../cli-error';
import { type AwsContext, withClock } from './client';
import { asking, explainAwsError } from './explain-aws-error';
import type { SecretStore } from './secret-store';

/** Is on a version until that becomes the current one. */
const STAGED = 'PUNCTUAL_STAGED';

export function createSecretStore({ config, clock }: AwsContext): SecretStore {
  const client = withClock(new SecretsManagerClient(config), clock);
  const current = async (arn: string) => {
    const command = new GetSecretValueCommand({ SecretId: arn });
    const { SecretString: text = '', VersionId: version } = await asking(
      'secretsmanager:GetSecretValue',
      client.send(command),
    );
    return { text, version };
  };
  return {
    read: async (arn) => (await current(arn)).text,
    // A put has no condition, but a move of the label AWSCURRENT has: it names the version that has it.
    async write(arn, text, before) {
      const { text: now, version } = await current(arn);
      if (now !== before) throw changedMeanwhile();
      const put = new PutSecretValueCommand({ SecretId: arn, SecretString: text, VersionStages: [STAGED] });
      const { VersionId } = await asking('secretsmanager:PutSecretValue', client.send(put));
      const move = new UpdateSecretVersionStageCommand({
        ...{ SecretId: arn, VersionStage: 'AWSCURRENT' },
        ...{ MoveToVersionId: VersionId, RemoveFromVersionId: version },
      });
      await client.send(move).catch(async (error) => {
        const isMoved = /^Invalid(Parameter|Request)Exception$/.test(error.name);
        if (!isMoved) throw explainAwsError(error, 'secretsmanager:UpdateSecretVersionStage');
        // Moved by us, when the answer to the first try was lost.
        if ((await current(arn)).text !== text) throw changedMeanwhile();
      });
    },
  };
}

function changedMeanwhile(): CliError {
  return new CliError(
    'secret-changed',
    'Somebody changed the secret at the same moment, and theirs is the one that counts',
    'punctual audit list may say who; then look what is to be done still',
  );
}
