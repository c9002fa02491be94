import { busArnOf } from '../aws/events/bus-arn';
import { connectionArn } from '../aws/execute-api/connection-arn';
import type { InProcessCall } from '../aws/front-door';
import { addressIn } from '../aws/ses/mail-input';
import { arn } from '../resources/arn';
import { isObject } from '../template/template';
import { type AccessRequest, accessRequest, type Principal } from './access-request';
import type { Encryption } from './encryption';

/** What one call asks for: the action on each resource, and what it takes of the resource's key. */
interface Demand {
  readonly action: string;
  readonly resources: readonly string[];
  readonly keyActions: readonly string[];
  /** Name under which KMS is told of the resource. */
  readonly contextKey: string;
  readonly fromAddress?: string;
}

type Input = Record<string, unknown>;

const READ = ['kms:Decrypt'];
/** A sender also decrypts: the service checks the data key that it was given. */
const WRITE = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** Everything that IAM is asked about a call: the call itself, then the key of what it touches. */
export function impliedRequests(
  call: Pick<InProcessCall, 'service' | 'operation' | 'input' | 'sourceArn'>,
  principal: Principal,
  encryption: Encryption,
): AccessRequest[] {
  const { service, sourceArn } = call;
  const { action, resources, keyActions, contextKey, fromAddress } = demandOf(call);
  return resources.flatMap((resource) => {
    const key = encryption.keyOf(tableOf(resource));
    const viaService = { sourceArn, via: service, encryptionContext: { [contextKey]: resource } };
    return [
      accessRequest(principal, action, resource, { sourceArn, fromAddress }),
      ...(key === undefined ? [] : keyActions).map((keyAction) =>
        accessRequest(principal, keyAction, key as string, viaService),
      ),
    ];
  });
}

function demandOf({
  service,
  operation,
  input,
}: Pick<InProcessCall, 'service' | 'operation' | 'input'>): Demand {
  if (service === 'dynamodb') return ofTable(operation, input);
  if (service === 'sqs') return ofQueue(operation, input);
  if (service === 'sns') return ofTopic(operation, input);
  if (service === 'secretsmanager') return ofSecret(operation, input);
  if (service === 'events') return ofBus(operation, input);
  if (service === 'kms') return ofKey(operation, input);
  if (service === 'lambda') return ofFunction(operation, input);
  if (operation === 'SendEmail') return ofMail(operation, input);
  if (service === 'execute-api') return ofConnection(operation, input);
  return { action: `${service}:${operation}`, resources: ['*'], keyActions: [], contextKey: '' };
}

/** DynamoDB decrypts the table's key for whoever uses the table, to read and to write. */
function ofTable(operation: string, { TableName, IndexName, RequestItems }: Input): Demand {
  const names = isObject(RequestItems) ? Object.keys(RequestItems) : [TableName];
  const index = IndexName === undefined ? '' : `/index/${IndexName}`;
  const resources = names.map((name) =>
    name === undefined ? '*' : `${arnOf(name, (plain) => arn('dynamodb', `table/${plain}`))}${index}`,
  );
  return {
    action: `dynamodb:${operation}`,
    resources,
    keyActions: READ,
    contextKey: 'aws:dynamodb:tableName',
  };
}

/** A batch needs the permission of a single one. */
function ofQueue(operation: string, { QueueUrl, QueueName }: Input): Demand {
  const name = String(QueueUrl ?? QueueName ?? '')
    .split('/')
    .at(-1);
  const single = operation.replace(/Batch$/, '');
  const keyActions = single === 'SendMessage' ? WRITE : single === 'ReceiveMessage' ? READ : [];
  return {
    action: `sqs:${single}`,
    resources: [name ? arn('sqs', name) : '*'],
    keyActions,
    contextKey: 'aws:sqs:arn',
  };
}

function ofTopic(operation: string, { TopicArn, TargetArn }: Input): Demand {
  return {
    action: `sns:${operation}`,
    resources: [String(TopicArn ?? TargetArn ?? '*')],
    keyActions: operation === 'Publish' ? WRITE : [],
    contextKey: 'aws:sns:topicArn',
  };
}

function ofSecret(operation: string, { SecretId }: Input): Demand {
  const keyActions = operation === 'GetSecretValue' ? READ : operation === 'PutSecretValue' ? WRITE : [];
  return {
    action: `secretsmanager:${operation}`,
    resources: [SecretId === undefined ? '*' : arnOf(SecretId, secretArn)],
    keyActions,
    contextKey: 'SecretARN',
  };
}

/** Who puts an event needs nothing of the key of the bus: EventBridge uses it. */
function ofBus(operation: string, { Entries }: Input): Demand {
  const names = (Array.isArray(Entries) ? Entries : []).map(
    (entry) => entry?.EventBusName as string | undefined,
  );
  const resources = names.length === 0 ? ['*'] : [...new Set(names.map(busArnOf))];
  return { action: `events:${operation}`, resources, keyActions: [], contextKey: '' };
}

/** A key is not encrypted itself. */
function ofKey(operation: string, { KeyId }: Input): Demand {
  const resource = KeyId === undefined ? '*' : arnOf(KeyId, (id) => arn('kms', `key/${id}`));
  return { action: `kms:${operation}`, resources: [resource], keyActions: [], contextKey: '' };
}

function ofFunction(operation: string, { FunctionName }: Input): Demand {
  const resource =
    FunctionName === undefined ? '*' : arnOf(FunctionName, (name) => arn('lambda', `function:${name}`));
  // The operation has another name than the right to it.
  const action = operation === 'Invoke' ? 'InvokeFunction' : operation;
  return { action: `lambda:${action}`, resources: [resource], keyActions: [], contextKey: '' };
}

/** One right for whatever is done with a connection; the ARN says what it is. */
function ofConnection(operation: string, input: Input): Demand {
  const resources = [connectionArn(operation, input)];
  return { action: 'execute-api:ManageConnections', resources, keyActions: [], contextKey: '' };
}

/** Who sends a mail needs both: the domain that it comes from, and the configuration set. */
function ofMail(operation: string, { FromEmailAddress, ConfigurationSetName }: Input): Demand {
  const fromAddress = addressIn(String(FromEmailAddress ?? ''));
  const identity = arn('ses', `identity/${fromAddress.split('@').at(-1)}`);
  const set =
    ConfigurationSetName === undefined ? [] : [arn('ses', `configuration-set/${ConfigurationSetName}`)];
  return {
    action: `ses:${operation}`,
    resources: [identity, ...set],
    keyActions: [],
    contextKey: '',
    fromAddress,
  };
}

function arnOf(nameOrArn: unknown, toArn: (name: string) => string): string {
  const text = String(nameOrArn);
  return text.startsWith('arn:') ? text : toArn(text);
}

/** The run ends every secret's ARN like this. */
function secretArn(name: string): string {
  return arn('secretsmanager', `secret:${name}-000000`);
}

/** An index is encrypted as its table. */
function tableOf(resource: string): string {
  return resource.split('/index/')[0] ?? resource;
}
