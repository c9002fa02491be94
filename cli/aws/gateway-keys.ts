import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  type ApiKey as GatewayKey,
  GetApiKeyCommand,
  paginateGetUsagePlanKeys,
  UpdateApiKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { CliError } from '../cli-error';
import type { ApiKey, ApiKeys } from './api-keys';
import { type AwsContext, withClock } from './client';
import { asking, explainAwsError } from './explain-aws-error';

export function createGatewayKeys({ config, clock }: AwsContext): ApiKeys {
  const client = withClock(new APIGatewayClient(config), clock);
  const read = async (id: string): Promise<ApiKey> =>
    toKey(await asking('apigateway:GET', client.send(new GetApiKeyCommand({ apiKey: id }))));
  return {
    async ofPlan(planId) {
      const ids = await asking('apigateway:GET', keyIdsOf(client, planId));
      const keys = await Promise.all(ids.map(read));
      return keys.sort((one, other) => other.createdAt - one.createdAt);
    },
    async value(keyId) {
      const command = new GetApiKeyCommand({ apiKey: keyId, includeValue: true });
      return (await asking('apigateway:GET', client.send(command))).value ?? '';
    },
    async create(planId, name) {
      const command = new CreateApiKeyCommand({ name, enabled: true });
      const key = toKey(await asking('apigateway:POST', client.send(command)));
      const member = { usagePlanId: planId, keyId: key.id, keyType: 'API_KEY' };
      await client.send(new CreateUsagePlanKeyCommand(member)).catch(async (error) => {
        throw await takenBack(client, key.id, explainAwsError(error, 'apigateway:POST'));
      });
      return key;
    },
    async disable(keyId) {
      const patchOperations = [{ op: 'replace', path: '/enabled', value: 'false' } as const];
      const command = new UpdateApiKeyCommand({ apiKey: keyId, patchOperations });
      await asking('apigateway:PATCH', client.send(command));
    },
  };
}

/** The failure to say, once the key is gone: an enabled key in no plan is one that nobody would ever look at. */
async function takenBack(client: APIGatewayClient, apiKey: string, error: CliError): Promise<CliError> {
  const isGone = await client.send(new DeleteApiKeyCommand({ apiKey })).then(
    () => true,
    () => false,
  );
  if (isGone) return error;
  const command = `aws apigateway delete-api-key --api-key ${apiKey}`;
  return new CliError(error.code, error.message, `The new key is in no usage plan, so delete it: ${command}`);
}

async function keyIdsOf(client: APIGatewayClient, usagePlanId: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { items = [] } of paginateGetUsagePlanKeys({ client }, { usagePlanId })) {
    ids.push(...items.flatMap(({ id }) => id ?? []));
  }
  return ids;
}

function toKey({ id = '', enabled = false, createdDate }: GatewayKey): ApiKey {
  return { id, enabled, createdAt: createdDate?.getTime() ?? 0 };
}
