import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { functionNamed } from './disturb';
import type { LocalRun } from './local-run';

/** Has the function of the provisioning API answer a person, past API Gateway, which wants a token that is signed. */
export async function invokeApi(run: LocalRun, sub: string): Promise<void> {
  const { AwsEndpoint, Region } = run.local;
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const client = new LambdaClient({ endpoint: AwsEndpoint, region: Region, credentials, maxAttempts: 1 });
  const FunctionName = await functionNamed(run, 'ProvisioningApi');
  const said = { iss: 'https://tenant/', sub, scope: 'read:me' };
  const authorization = `Bearer e30.${Buffer.from(JSON.stringify(said)).toString('base64url')}.e30`;
  const requestContext = { requestId: 'invoked', authorizer: { jwt: { claims: said } } };
  const call = { routeKey: 'GET /me', headers: { authorization }, requestContext };
  await client
    .send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(call)) }))
    .finally(() => client.destroy());
}
