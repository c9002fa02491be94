import type { InProcessCall, ServiceName } from '../../../local/aws/front-door';
import type { Principal } from '../../../local/iam/access-request';
import { Encryption } from '../../../local/iam/encryption';
import { impliedRequests } from '../../../local/iam/implied-requests';

const WORKER: Principal = { kind: 'role', arn: 'arn:aws:iam::000000000000:role/Worker', session: 'crm' };
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1';
const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;
const [QUEUE, TOPIC, TABLE, SECRET] = [
  arn('sqs', 'crm'),
  arn('sns', 'events'),
  arn('dynamodb', 'table/links'),
  arn('secretsmanager', 'secret:token-000000'),
];
const [IN_QUEUE, IN_TOPIC, IN_TABLE, IN_SECRET] = [
  { QueueUrl: 'http://door/000000000000/crm' },
  { TopicArn: TOPIC },
  { TableName: 'links' },
  { SecretId: 'token' },
];

const encryption = new Encryption();
encryption.addKey(KEY);
for (const resource of [QUEUE, TOPIC, TABLE, SECRET]) encryption.encrypt(resource, KEY);

const ask = (service: ServiceName, operation: string, input: object, sourceArn?: string) =>
  impliedRequests(
    { service, operation, input, ...(sourceArn && { sourceArn }) } as InProcessCall,
    WORKER,
    encryption,
  );

it.each([
  ['sqs', 'SendMessage', IN_QUEUE, [['sqs:SendMessage', QUEUE], ['kms:GenerateDataKey'], ['kms:Decrypt']]],
  [
    'sqs',
    'SendMessageBatch',
    IN_QUEUE,
    [['sqs:SendMessage', QUEUE], ['kms:GenerateDataKey'], ['kms:Decrypt']],
  ],
  ['sqs', 'ReceiveMessage', IN_QUEUE, [['sqs:ReceiveMessage', QUEUE], ['kms:Decrypt']]],
  ['sqs', 'DeleteMessageBatch', IN_QUEUE, [['sqs:DeleteMessage', QUEUE]]],
  ['sqs', 'CreateQueue', { QueueName: 'new' }, [['sqs:CreateQueue', arn('sqs', 'new')]]],
  ['sqs', 'ListQueues', {}, [['sqs:ListQueues', '*']]],
  ['sns', 'Publish', IN_TOPIC, [['sns:Publish', TOPIC], ['kms:GenerateDataKey'], ['kms:Decrypt']]],
  [
    'sns',
    'Publish',
    { TargetArn: TOPIC },
    [['sns:Publish', TOPIC], ['kms:GenerateDataKey'], ['kms:Decrypt']],
  ],
  ['sns', 'Subscribe', IN_TOPIC, [['sns:Subscribe', TOPIC]]],
  ['dynamodb', 'PutItem', IN_TABLE, [['dynamodb:PutItem', TABLE], ['kms:Decrypt']]],
  ['kms', 'Sign', { KeyId: KEY }, [['kms:Sign', KEY]]],
  ['kms', 'Sign', { KeyId: '1' }, [['kms:Sign', KEY]]],
  [
    'lambda',
    'Invoke',
    { FunctionName: arn('lambda', 'function:crm') },
    [['lambda:InvokeFunction', arn('lambda', 'function:crm')]],
  ],
  [
    'ses',
    'SendEmail',
    { FromEmailAddress: '"Acme" <hello@acme.com>', ConfigurationSetName: 'invitations' },
    [
      ['ses:SendEmail', arn('ses', 'identity/acme.com')],
      ['ses:SendEmail', arn('ses', 'configuration-set/invitations')],
    ],
  ],
  ['dynamodb', 'ListTables', {}, [['dynamodb:ListTables', '*']]],
  [
    'secretsmanager',
    'GetSecretValue',
    IN_SECRET,
    [['secretsmanager:GetSecretValue', SECRET], ['kms:Decrypt']],
  ],
  [
    'secretsmanager',
    'PutSecretValue',
    IN_SECRET,
    [['secretsmanager:PutSecretValue', SECRET], ['kms:GenerateDataKey'], ['kms:Decrypt']],
  ],
  ['secretsmanager', 'DescribeSecret', IN_SECRET, [['secretsmanager:DescribeSecret', SECRET]]],
  ['cloudwatch', 'DescribeAlarms', {}, [['cloudwatch:DescribeAlarms', '*']]],
] as const)('%s %s of %j asks for %j', (service, operation, input, wanted) => {
  const asked = ask(service, operation, input).map(({ action, resource }) => [action, resource]);
  expect(asked).toEqual(wanted.map(([action, resource]) => [action, resource ?? KEY]));
});

it('asks for an index by its own name and for the key of its table', () => {
  const [query, decrypt] = ask('dynamodb', 'Query', { ...IN_TABLE, IndexName: 'unsettled' });
  expect(query).toMatchObject({ action: 'dynamodb:Query', resource: `${TABLE}/index/unsettled` });
  expect(decrypt).toMatchObject({ action: 'kms:Decrypt', resource: KEY });
});

it('asks for each table of a batch', () => {
  const asked = ask('dynamodb', 'BatchGetItem', { RequestItems: { links: {}, others: {} } });
  expect(asked.map(({ resource }) => resource)).toEqual([TABLE, KEY, arn('dynamodb', 'table/others')]);
});

it('tells KMS through which service, for which resource and, of a service, on whose behalf', () => {
  const [send, generate] = ask('sqs', 'SendMessage', IN_QUEUE, TOPIC);
  expect(send?.context).not.toHaveProperty('kms:viaservice');
  expect(generate?.context).toMatchObject({
    'kms:viaservice': 'sqs.us-east-1.amazonaws.com',
    'kms:encryptioncontext:aws:sqs:arn': QUEUE,
    'aws:sourcearn': TOPIC,
  });
});
