import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { LocalOutputs } from '../../local/outputs';

export interface AwsClients {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly secrets: SecretsManagerClient;
  readonly kms: KMSClient;
}

/** What a test may do with a run from outside. */
export interface LocalRunClient {
  /** Outputs of the stack. */
  readonly outputs: Readonly<Record<string, string>>;
  /** The local extras of outputs.json. */
  readonly local: LocalOutputs;
  readonly aws: AwsClients;
  /** Runs the bundled Action for a user who signed up. */
  emit(user: object): Promise<{ emitted: boolean; code: string }>;
  /** POSTs to the event API with its key; `headers` replace or add. */
  post(path: string, body: string | object, headers?: Record<string, string>): Promise<Response>;
  /** Calls the control API, such as `control('POST', '/remotes/crm/down')`. */
  control<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<T>;
  /** Rows of the user-link table, of one user or of all. */
  links(userId?: string): Promise<UserLink[]>;
  /** Accounts in a remote system. */
  accounts(system: string): Promise<Record<string, unknown>[]>;
  /** Log lines by the name of their source. */
  logs(): Promise<Record<string, string[]>>;
}

export function createLocalRunClient(outputs: Record<string, string>, local: LocalOutputs): LocalRunClient {
  const aws = createAwsClients(local);
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${local.ControlUrl}${path}`, init);
    const value = (await answer.json()) as T;
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  return {
    outputs,
    local,
    aws,
    control,
    emit: (user) => control('POST', '/users', user),
    post: (path, body, headers = {}) => postEvent(outputs, local, path, body, headers),
    links: (userId) => scanLinks(aws.dynamodb, outputs.UserLinkTableName ?? '', userId),
    accounts: (system) => listAccounts(`${local.Systems[system]}/Users`),
    logs: () => control('GET', '/logs'),
  };
}

function createAwsClients({ AwsEndpoint, Region }: LocalOutputs): AwsClients {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const config = { endpoint: AwsEndpoint, region: Region, credentials };
  return {
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(config)),
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    secrets: new SecretsManagerClient(config),
    kms: new KMSClient(config),
  };
}

function postEvent(
  outputs: Record<string, string>,
  local: LocalOutputs,
  path: string,
  body: string | object,
  headers: Record<string, string>,
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/json', 'x-api-key': local.EventApiKey, ...headers };
  return fetch(new URL(path.replace(/^\//, ''), outputs.EventApiUrl), {
    method: 'POST',
    headers: all,
    body: text,
  });
}

async function scanLinks(
  client: DynamoDBDocumentClient,
  table: string,
  userId?: string,
): Promise<UserLink[]> {
  const links: UserLink[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: table, ExclusiveStartKey: start }));
    links.push(...((page.Items ?? []) as UserLink[]));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return links.filter((link) => userId === undefined || link.user_id === userId);
}

async function listAccounts(url: string): Promise<Record<string, unknown>[]> {
  const answer = await fetch(`${url}?count=100000`);
  const { Resources } = (await answer.json()) as { Resources: Record<string, unknown>[] };
  return Resources;
}
