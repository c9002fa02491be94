import { AwsError } from '../../../local/aws/aws-error';
import type { InProcessCall, ServiceName } from '../../../local/aws/front-door';
import { AccessControl } from '../../../local/iam/access-control';
import { roleArn } from '../../../local/iam/callers';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:crm';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:events';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/links';
const SECRET = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:token-000000';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1';
const ROLE = roleArn('Worker');

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource: string, more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const ROOT = { Principal: { AWS: 'arn:aws:iam::000000000000:root' } };

let iam: AccessControl;
let log: string[];
beforeEach(() => {
  log = [];
  iam = new AccessControl({ write: (_, line) => log.push(line) });
  iam.permissions.addToResource('Role', ROLE, document(lambdaMayAssume));
  iam.callers.addFunction('crm', ROLE, 'crm-function');
});

const lambdaMayAssume = allow('sts:AssumeRole', '*', { Principal: { Service: 'lambda.amazonaws.com' } });
const grant = (action: string, resource: string) =>
  iam.permissions.addToRole('Policy', ROLE, document(allow(action, resource)));

function call(
  service: ServiceName,
  operation: string,
  input: object,
  more: object = {},
): AwsError | undefined {
  try {
    iam.authorize({ service, operation, caller: 'crm', input, ...more } as InProcessCall);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

const SEND = ['sqs', 'SendMessage', { QueueUrl: 'http://door/000000000000/crm' }] as const;
const USER = 'User: arn:aws:sts::000000000000:assumed-role/Worker/crm-function is not authorized to perform:';

describe('a call that nothing allows is refused as its service refuses', () => {
  it.each([
    [SEND, 403, 'AccessDenied', `${USER} sqs:sendmessage on resource: ${QUEUE}`, 'sqs:sendmessage'],
    [
      ['sns', 'Publish', { TopicArn: TOPIC }],
      403,
      'AuthorizationError',
      `${USER} SNS:Publish on resource: ${TOPIC}`,
      'SNS:Publish',
    ],
    [
      ['dynamodb', 'PutItem', { TableName: 'links' }],
      400,
      'AccessDeniedException',
      `${USER} dynamodb:PutItem on resource: ${TABLE}`,
      'dynamodb:PutItem',
    ],
    [
      ['secretsmanager', 'GetSecretValue', { SecretId: 'token' }],
      400,
      'AccessDeniedException',
      `${USER} secretsmanager:GetSecretValue on resource: ${SECRET}`,
      'secretsmanager:GetSecretValue',
    ],
  ] as const)('%j', ([service, operation, input], status, code, words, action) => {
    const error = call(service, operation, input);
    expect(error?.status).toBe(status);
    expect(error?.details.queryCode ?? error?.code.split('#').at(-1)).toBe(code);
    expect(error?.message).toBe(`${words} because no identity-based policy allows the ${action} action`);
  });

  it('and says when it was denied outright, and where', () => {
    grant('*', '*');
    const deny = { ...allow('sqs:*', '*'), Effect: 'Deny', Principal: '*' };
    iam.permissions.addToResource('QueuePolicy', QUEUE, document(deny));
    expect(call(...SEND)?.message).toMatch(/with an explicit deny in a resource-based policy$/);
  });
});

describe('the key of what is encrypted', () => {
  beforeEach(() => {
    iam.encryption.addKey(KEY);
    for (const resource of [QUEUE, TOPIC, TABLE, SECRET]) iam.encryption.encrypt(resource, KEY);
    for (const service of ['sqs', 'sns', 'dynamodb', 'secretsmanager']) grant(`${service}:*`, '*');
    iam.permissions.addToResource('Key', KEY, document(allow('kms:*', '*', ROOT)));
  });

  it.each([
    [SEND, 'KMS.AccessDeniedException', /kms:GenerateDataKey on resource: arn:aws:kms/],
    [['sqs', 'ReceiveMessage', SEND[2]], 'KMS.AccessDeniedException', /^The ciphertext refers to/],
    [['sns', 'Publish', { TopicArn: TOPIC }], 'KMSAccessDenied', /kms:GenerateDataKey on resource/],
    [['dynamodb', 'GetItem', { TableName: TABLE }], 'AccessDeniedException', /^KMS key access denied error/],
    [
      ['secretsmanager', 'GetSecretValue', { SecretId: SECRET }],
      'AccessDeniedException',
      /^Access to KMS is not allowed$/,
    ],
  ] as const)('must be open to whoever calls %j', ([service, operation, input], code, words) => {
    const error = call(service, operation, input);
    expect([error?.status, error?.details.queryCode ?? error?.code.split('#').at(-1)]).toEqual([400, code]);
    expect(error?.message).toMatch(words);
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) grant(action, KEY);
    expect(call(service, operation, input)).toBeUndefined();
  });

  it('is not asked for what touches no content', () => {
    expect(call('sqs', 'DeleteMessageBatch', SEND[2])).toBeUndefined();
    expect(call('sqs', 'ChangeMessageVisibility', SEND[2])).toBeUndefined();
  });

  it('must let a service in by itself, for the resource it calls for', () => {
    const Condition = { ArnEquals: { 'aws:SourceArn': TOPIC } };
    const Principal = { Service: 'sns.amazonaws.com' };
    const asSns = (sourceArn: string) => call(...SEND, { caller: 'sns.amazonaws.com', sourceArn });
    iam.permissions.addToResource(
      'QueuePolicy',
      QUEUE,
      document(allow('sqs:SendMessage', QUEUE, { Principal })),
    );
    expect(asSns(TOPIC)?.details.queryCode).toBe('KMS.AccessDeniedException');
    iam.permissions.addToResource('Key', KEY, document(allow('kms:*', '*', { Principal, Condition })));
    expect(asSns(TOPIC)).toBeUndefined();
    expect(asSns(`${TOPIC}-2`)?.details.queryCode).toBe('KMS.AccessDeniedException');
  });
});

describe('who calls', () => {
  it('a batch needs the permission of a single one', () => {
    grant('sqs:SendMessage', QUEUE);
    expect(call('sqs', 'SendMessageBatch', SEND[2])).toBeUndefined();
  });

  it('an index is a resource of its own', () => {
    grant('dynamodb:Query', `${TABLE}/index/unsettled`);
    expect(call('dynamodb', 'Query', { TableName: 'links', IndexName: 'unsettled' })).toBeUndefined();
    expect(call('dynamodb', 'Query', { TableName: 'links' })).toBeDefined();
  });

  it('the operator may do everything that is not denied', () => {
    expect(call(...SEND, { caller: 'operator' })).toBeUndefined();
    const Condition = { ArnNotEquals: { 'aws:PrincipalArn': ROLE } };
    const deny = { ...allow('sns:Publish', TOPIC), Effect: 'Deny', Principal: '*', Condition };
    iam.permissions.addToResource('TopicPolicy', TOPIC, document(deny));
    expect(call('sns', 'Publish', { TopicArn: TOPIC }, { caller: 'operator' })?.code).toBe(
      'AuthorizationError',
    );
  });

  it('Lambda polls with the role of the function, and only where it may take it on', () => {
    grant('sqs:ReceiveMessage', QUEUE);
    const poll = () =>
      call('sqs', 'ReceiveMessage', SEND[2], { caller: 'lambda.amazonaws.com', actingFor: 'crm' });
    expect(poll()).toBeUndefined();
    const [trust] = iam.permissions.grants().filter(({ action }) => action === 'sts:AssumeRole');
    const restore = iam.permissions.take(trust as never);
    expect([poll()?.code, iam.lambda.mayRun('crm')]).toEqual(['AccessDenied', false]);
    restore();
    expect([poll(), iam.lambda.mayRun('crm')]).toEqual([undefined, true]);
  });

  it('fails for a caller that nobody knows', () => {
    expect(call(...SEND, { caller: 'nobody' })?.code).toBe('InvalidClientTokenId');
  });

  it('rejects a second function of a name, and a system that would pass for the operator', () => {
    for (const name of ['crm', 'operator'])
      expect(() => iam.callers.addFunction(name, ROLE, name)).toThrow('two callers');
  });
});

describe('what was refused', () => {
  it('is written once and counted', () => {
    for (let times = 0; times < 3; times += 1) call(...SEND);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('sqs:SendMessage');
    expect(iam.denials.list()).toEqual([
      expect.objectContaining({ action: 'sqs:SendMessage', resource: QUEUE, count: 3 }),
    ]);
    expect(iam.denials.total()).toBe(3);
  });
});

describe('a grant that is taken away', () => {
  it('is no longer in force until it is put back, and its neighbours stay', () => {
    iam.permissions.addToRole(
      'Policy',
      ROLE,
      document({
        Effect: 'Allow',
        Action: ['sqs:SendMessage', 'sqs:DeleteMessage'],
        Resource: [QUEUE, TOPIC],
      }),
    );
    const grants = iam.permissions.grants().filter(({ policy }) => policy === 'Policy');
    expect(grants).toHaveLength(4);
    const [send] = grants.filter(
      ({ action, resource }) => action === 'sqs:SendMessage' && resource === QUEUE,
    );
    const restore = iam.permissions.take(send as never);
    expect([call(...SEND) === undefined, call('sqs', 'DeleteMessage', SEND[2])]).toEqual([false, undefined]);
    restore();
    expect(call(...SEND)).toBeUndefined();
  });

  it('is a managed policy as a whole, since its statements are of AWS', () => {
    const managed = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    iam.permissions.addManagedToRole('Role', ROLE, managed);
    expect(iam.lambda.mayLog('crm', 'group')).toBe(true);
    const [attached] = iam.permissions.grants().filter(({ policy }) => policy === `Role ${managed}`);
    const restore = iam.permissions.take(attached as never);
    expect(iam.lambda.mayLog('crm', 'group')).toBe(false);
    restore();
    expect(iam.lambda.mayLog('crm', 'group')).toBe(true);
  });
});

test('a role of somebody else does what policies of resources allow it by name, and nothing else', () => {
  const [consumer, other] = [roleArn('search'), roleArn('other')];
  for (const role of [consumer, other]) expect(iam.callers.addOther(role)).toBe(true);
  expect(iam.callers.addOther(consumer)).toBe(true);
  const principal = { Principal: { AWS: consumer } };
  iam.permissions.addToResource('Queue', QUEUE, document(allow('sqs:ReceiveMessage', QUEUE, principal)));
  const receive = (caller: string) =>
    call('sqs', 'ReceiveMessage', { QueueUrl: 'http://localhost/000000000000/crm' }, { caller });
  expect(receive(consumer)).toBeUndefined();
  expect(receive(other)?.status).toBe(403);
  const QueueUrl = 'http://localhost/000000000000/crm';
  expect(call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x' }, { caller: consumer })?.status).toBe(403);
});

test('nobody takes on a role of the template, or one of another account', () => {
  expect([ROLE, 'arn:aws:iam::123456789012:role/search'].map((role) => iam.callers.addOther(role))).toEqual([
    false,
    false,
  ]);
});
