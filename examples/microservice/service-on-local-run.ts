import type { RequestListener } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { createProvisioningClient } from '../../client/provisioning-client';
import type { LocalOutputs } from '../../local/outputs';
import { createOrderService, type OrderServiceDeps } from './order-service';

/** Outputs of the stack that the service needs. */
export interface StackOutputs {
  readonly ProvisioningApiUrl?: string;
  readonly ProfileTableNameProfile?: string;
  readonly Auth0Tenant?: string;
}

/** The order service with the system `profile` of the local run for its own. On AWS addresses and credentials are those of the account. */
export function createServiceOnLocalRun(stack: StackOutputs, local: LocalOutputs): RequestListener {
  return createOrderService({
    system: 'profile',
    verify: verifierOf(stack, local),
    profiles: profilesIn(stack, local),
    provisioning: createProvisioningClient({ url: stack.ProvisioningApiUrl ?? '' }),
  });
}

function verifierOf(
  { Auth0Tenant = '' }: StackOutputs,
  { TenantUrl }: LocalOutputs,
): OrderServiceDeps['verify'] {
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', TenantUrl));
  const ours = { issuer: `https://${Auth0Tenant}/`, audience: 'https://punctual/dev' };
  return async (token) => {
    try {
      return (await jwtVerify(token, keys, ours)).payload.sub;
    } catch {
      return undefined;
    }
  };
}

function profilesIn(
  { ProfileTableNameProfile: TableName }: StackOutputs,
  { AwsEndpoint: endpoint, Region: region }: LocalOutputs,
): OrderServiceDeps['profiles'] {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  return {
    async get(user_id) {
      // Right after somebody waited for it the row is to be seen.
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: { user_id }, ConsistentRead: true }),
      );
      return Item;
    },
  };
}
