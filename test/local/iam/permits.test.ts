import { AccessControl } from '../../../local/iam/access-control';
import { roleArn } from '../../../local/iam/callers';

const ROLE = roleArn('Worker');
const LOGS = 'arn:aws:logs:us-east-1:000000000000:log-group:group';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:crm';
const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/links';
const STREAM = `${TABLE}/stream/local`;
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:census';
const RULE = 'arn:aws:events:us-east-1:000000000000:rule/census';
const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string, more = {}) => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...more,
});
const trust = (Service: string) => document(allow('sts:AssumeRole', '*', { Principal: { Service } }));

let iam: AccessControl;
beforeEach(() => {
  iam = new AccessControl({ write: () => undefined });
  iam.callers.addFunction('crm', ROLE, 'crm-function');
});
const trusted = (service = 'lambda.amazonaws.com') =>
  iam.permissions.addToResource('Role', ROLE, trust(service));
const grant = (action: string | string[], resource: string) =>
  iam.permissions.addToRole('Policy', ROLE, document(allow(action, resource)));

describe('Lambda', () => {
  it('runs nothing with a role that trusts another service', () => {
    trusted('apigateway.amazonaws.com');
    expect(iam.lambda.mayRun('crm')).toBe(false);
    trusted();
    expect(iam.lambda.mayRun('crm')).toBe(true);
  });

  it('opens a log stream and writes to it with two permissions on the group', () => {
    grant('logs:CreateLogStream', `${LOGS}:*`);
    expect([iam.lambda.mayCreateLogStream('crm', 'group'), iam.lambda.mayLog('crm', 'group')]).toEqual([
      true,
      false,
    ]);
    grant('logs:PutLogEvents', `${LOGS}:*`);
    expect([iam.lambda.mayLog('crm', 'group'), iam.lambda.mayLog('crm', 'other')]).toEqual([true, false]);
  });

  it('sees how long a queue is only with the role of the function', () => {
    grant('sqs:GetQueueAttributes', QUEUE);
    expect(iam.lambda.mayMeasureQueue('crm', QUEUE)).toBe(false);
    trusted();
    expect(iam.lambda.mayMeasureQueue('crm', QUEUE)).toBe(true);
  });

  it.each(STREAM_ACTIONS)('reads no stream without %s', (missing) => {
    trusted();
    const others = STREAM_ACTIONS.filter((action) => action !== missing);
    for (const action of others) grant(`dynamodb:${action}`, STREAM);
    expect(iam.lambda.mayReadStream('crm', STREAM)).toBe(false);
    grant(`dynamodb:${missing}`, STREAM);
    expect(iam.lambda.mayReadStream('crm', STREAM)).toBe(true);
  });

  it('reads no stream of a table whose key is not open to the function', () => {
    trusted();
    grant('dynamodb:*', STREAM);
    iam.encryption.addKey(KEY);
    iam.encryption.encrypt(TABLE, KEY);
    const root = { Principal: { AWS: 'arn:aws:iam::000000000000:root' } };
    iam.permissions.addToResource('Key', KEY, document(allow('kms:*', '*', root)));
    expect(iam.lambda.mayReadStream('crm', STREAM)).toBe(false);
    grant('kms:Decrypt', KEY);
    expect(iam.lambda.mayReadStream('crm', STREAM)).toBe(true);
  });

  it('is called by the one rule that the function names', () => {
    const Condition = { ArnLike: { 'AWS:SourceArn': RULE } };
    const Principal = { Service: 'events.amazonaws.com' };
    const permission = allow('lambda:InvokeFunction', FUNCTION, { Principal, Condition });
    iam.permissions.addToResource('Permission', FUNCTION, document(permission));
    expect(iam.lambda.mayBeInvokedByRule(FUNCTION, RULE)).toBe(true);
    expect(iam.lambda.mayBeInvokedByRule(FUNCTION, `${RULE}-2`)).toBe(false);
  });
});

describe('API Gateway', () => {
  const WRITE = ['logs:CreateLogStream', 'logs:PutLogEvents'];

  it('writes logs where no role of ours is to do it', () => {
    expect(iam.api.mayLog(`${LOGS}:*`)).toBe(true);
  });

  it('writes logs with the role of the account, when it may take it on and the role may write', () => {
    iam.api.logWith('Worker');
    iam.callers.addRole('Worker');
    expect(iam.api.mayLog(`${LOGS}:*`)).toBe(false);
    trusted('apigateway.amazonaws.com');
    expect(iam.api.mayLog(`${LOGS}:*`)).toBe(false);
    grant(WRITE, `${LOGS}:*`);
    expect(iam.api.mayLog(`${LOGS}:*`)).toBe(true);
  });
});

describe('what calls change', () => {
  it('a new policy of a queue takes the place of the one before', () => {
    const anybody = (Action: string) => JSON.stringify(document(allow(Action, QUEUE, { Principal: '*' })));
    const isAllowed = (action: string) => iam.allows('sns.amazonaws.com', action, QUEUE);
    iam.setPolicy(QUEUE, anybody('sqs:SendMessage'));
    expect([isAllowed('sqs:SendMessage'), isAllowed('sqs:PurgeQueue')]).toEqual([true, false]);
    iam.setPolicy(QUEUE, anybody('sqs:PurgeQueue'));
    expect([isAllowed('sqs:SendMessage'), isAllowed('sqs:PurgeQueue')]).toEqual([false, true]);
  });

  it.each(['{', '{"Statement":[]}'])('rejects %s for a policy, in the code of SQS', (json) => {
    expect(() => iam.setPolicy(QUEUE, json)).toThrow(
      expect.objectContaining({ code: 'InvalidAttributeValue' }),
    );
  });

  it('rejects a managed policy that is not known here', () => {
    const attach = () => iam.permissions.addManagedToRole('Role', ROLE, 'arn:aws:iam::aws:policy/Unknown');
    expect(attach).toThrow(/managed policy arn:aws:iam::aws:policy\/Unknown is not known/);
  });

  it('whoever listens hears of each request until it has had enough', () => {
    const heard: string[] = [];
    const end = iam.permissions.onRequest(({ action }) => heard.push(action));
    for (let times = 0; times < 2; times += 1) iam.allows('crm', 'sqs:SendMessage', QUEUE);
    end();
    iam.allows('crm', 'sqs:SendMessage', QUEUE);
    expect(heard).toEqual(['sqs:SendMessage', 'sqs:SendMessage']);
  });
});
