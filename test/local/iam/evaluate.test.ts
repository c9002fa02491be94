import { accessRequest, type Circumstances, type Principal } from '../../../local/iam/access-request';
import { type Decision, evaluate } from '../../../local/iam/evaluate';
import { readStatements } from '../../../local/iam/statement';

const WORKER: Principal = {
  kind: 'role',
  arn: 'arn:aws:iam::000000000000:role/Worker',
  session: 'crm',
};
const SNS: Principal = { kind: 'service', name: 'sns.amazonaws.com' };
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:crm';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:events';
const KEY = 'arn:aws:kms:us-east-1:000000000000:key/1';
const ROOT = { AWS: 'arn:aws:iam::000000000000:root' };

const ALLOWED: Decision = { allowed: true };
const implicit = (by: 'identity' | 'resource'): Decision => ({ allowed: false, explicit: false, by });
const explicit = (by: 'identity' | 'resource'): Decision => ({ allowed: false, explicit: true, by });

function decide(
  [principal, action, resource, circumstances = {}]: [Principal, string, string, Circumstances?],
  policies: { identity?: object[]; resource?: object[] },
): Decision {
  const active = (statements: object[] = []) =>
    readStatements({ Version: '2012-10-17', Statement: statements }).map((statement) => ({
      statement,
      isGranted: () => true,
    }));
  return evaluate(accessRequest(principal, action, resource, circumstances), {
    identity: active(policies.identity),
    resource: active(policies.resource),
  });
}

const allow = (Action: string | string[], Resource: string, more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const deny = (Action: string, Resource: string, more = {}) => ({ Effect: 'Deny', Action, Resource, ...more });

describe('a role asks', () => {
  it('and is refused where nothing allows it', () => {
    expect(decide([WORKER, 'sqs:SendMessage', QUEUE], {})).toEqual(implicit('identity'));
  });

  it.each([
    ['sqs:SendMessage', QUEUE],
    ['SQS:sendmessage', QUEUE],
    ['sqs:*', '*'],
    ['sqs:Send*', 'arn:aws:sqs:*:000000000000:c?m'],
  ])('and one Allow of %s on %s in its own policy is enough', (action, resource) => {
    expect(decide([WORKER, 'sqs:SendMessage', QUEUE], { identity: [allow(action, resource)] })).toEqual(
      ALLOWED,
    );
  });

  it.each([
    ['sqs:ReceiveMessage', QUEUE],
    ['sqs:SendMessage', `${QUEUE}-dead`],
    ['sqs:SendMessage', QUEUE.replace('crm', 'CRM')],
  ])('and an Allow of %s on %s is another one', (action, resource) => {
    expect(decide([WORKER, 'sqs:SendMessage', QUEUE], { identity: [allow(action, resource)] })).toEqual(
      implicit('identity'),
    );
  });

  it('and the policy of the resource alone may let it in, by its name or as anybody', () => {
    for (const Principal of [{ AWS: WORKER.kind === 'role' ? WORKER.arn : '' }, { AWS: '*' }, '*']) {
      const resource = [allow('sqs:SendMessage', QUEUE, { Principal })];
      expect(decide([WORKER, 'sqs:SendMessage', QUEUE], { resource })).toEqual(ALLOWED);
    }
  });

  it('and a resource that names the account leaves it to the policies of the role', () => {
    const resource = [allow('sqs:SendMessage', QUEUE, { Principal: ROOT })];
    expect(decide([WORKER, 'sqs:SendMessage', QUEUE], { resource })).toEqual(implicit('identity'));
  });

  it.each(['identity', 'resource'] as const)('and a Deny in a policy of the %s ends it', (by) => {
    const everything = { identity: [allow('*', '*')], resource: [allow('*', '*', { Principal: '*' })] };
    const Principal = by === 'resource' ? { Principal: '*' } : {};
    const policies = { ...everything, [by]: [...everything[by], deny('sqs:*', QUEUE, Principal)] };
    expect(decide([WORKER, 'sqs:SendMessage', QUEUE], policies)).toEqual(explicit(by));
  });

  it('and a Deny for the account is one for each of its roles', () => {
    const resource = [deny('sqs:*', QUEUE, { Principal: ROOT })];
    const identity = [allow('*', '*')];
    expect(decide([WORKER, 'sqs:SendMessage', QUEUE], { identity, resource })).toEqual(explicit('resource'));
  });

  it('and what is not named by NotAction and NotResource is meant', () => {
    const identity = [{ Effect: 'Allow', NotAction: 'sqs:Delete*', NotResource: TOPIC }];
    expect(decide([WORKER, 'sqs:SendMessage', QUEUE], { identity })).toEqual(ALLOWED);
    expect(decide([WORKER, 'sqs:DeleteMessage', QUEUE], { identity })).toEqual(implicit('identity'));
    expect(decide([WORKER, 'sns:Publish', TOPIC], { identity })).toEqual(implicit('identity'));
  });
});

describe('the use of a key', () => {
  const identity = [allow('kms:Decrypt', KEY)];

  it('needs the policy of the key, whatever the role may do', () => {
    expect(decide([WORKER, 'kms:Decrypt', KEY], { identity })).toEqual(implicit('resource'));
  });

  it('is left to the policies of roles where the key names the account', () => {
    const resource = [allow('kms:*', '*', { Principal: ROOT })];
    expect(decide([WORKER, 'kms:Decrypt', KEY], { identity, resource })).toEqual(ALLOWED);
    expect(decide([WORKER, 'kms:Decrypt', KEY], { resource })).toEqual(implicit('identity'));
  });

  it('is allowed by the key itself to a role that it names', () => {
    const resource = [
      allow('kms:Decrypt', '*', { Principal: { AWS: WORKER.kind === 'role' && WORKER.arn } }),
    ];
    expect(decide([WORKER, 'kms:Decrypt', KEY], { resource })).toEqual(ALLOWED);
  });

  it('is not handed on to a service by naming the account', () => {
    const resource = [allow('kms:*', '*', { Principal: ROOT })];
    expect(decide([SNS, 'kms:Decrypt', KEY], { resource })).toEqual(implicit('resource'));
  });
});

describe('a service asks', () => {
  const Principal = { Service: 'sns.amazonaws.com' };

  it('and needs the policy of the resource', () => {
    const request: [Principal, string, string] = [SNS, 'sqs:SendMessage', QUEUE];
    expect(decide(request, {})).toEqual(implicit('resource'));
    expect(decide(request, { resource: [allow('sqs:SendMessage', QUEUE, { Principal })] })).toEqual(ALLOWED);
  });

  it('and is refused what another service may', () => {
    const resource = [allow('sqs:SendMessage', QUEUE, { Principal: { Service: 'events.amazonaws.com' } })];
    expect(decide([SNS, 'sqs:SendMessage', QUEUE], { resource })).toEqual(implicit('resource'));
  });

  it('and is bound by a Deny that excepts roles: it is none of them', () => {
    const resource = [
      allow('sns:Publish', TOPIC, { Principal }),
      deny('sns:Publish', TOPIC, {
        Principal: { AWS: '*' },
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::000000000000:role/Publisher'] } },
      }),
    ];
    expect(decide([SNS, 'sns:Publish', TOPIC], { resource })).toEqual(explicit('resource'));
  });
});

describe('a condition', () => {
  const asked = (Condition: object, circumstances: Circumstances = { sourceArn: TOPIC }) =>
    decide([SNS, 'sqs:SendMessage', QUEUE, circumstances], {
      resource: [allow('sqs:SendMessage', QUEUE, { Principal: '*', Condition })],
    }).allowed;

  it.each([
    [{ ArnEquals: { 'aws:SourceArn': TOPIC } }],
    [{ ArnLike: { 'AWS:SourceArn': ['arn:aws:sns:*:*:other', 'arn:aws:sns:*:*:ev*'] } }],
    [{ StringEquals: { 'aws:SourceAccount': '000000000000' } }],
    [{ StringLike: { 'aws:SourceArn': 'arn:*:events' } }],
    [{ StringEqualsIgnoreCase: { 'aws:SourceArn': TOPIC.toUpperCase() } }],
    [{ Bool: { 'aws:SecureTransport': true, 'aws:PrincipalIsAWSService': 'true' } }],
    [{ StringNotEquals: { 'aws:SourceArn': QUEUE } }],
    [{ ArnNotLike: { 'aws:PrincipalArn': '*' } }],
    [{ StringEqualsIfExists: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } }],
    [{ Null: { 'aws:PrincipalArn': 'true', 'aws:SourceArn': 'false' } }],
  ])('%j holds for the topic', (condition) => {
    expect(asked(condition)).toBe(true);
  });

  it.each([
    [{ ArnEquals: { 'aws:SourceArn': `${TOPIC}2` } }],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*' } }],
    [{ StringEquals: { 'aws:SourceArn': TOPIC.toUpperCase() } }],
    [{ StringEquals: { 'aws:PrincipalArn': TOPIC } }],
    [{ StringNotLike: { 'aws:SourceArn': '*' } }],
    [{ Bool: { 'aws:SecureTransport': 'false' } }],
    [{ Null: { 'aws:SourceArn': 'true' } }],
    [{ ArnEquals: { 'aws:SourceArn': TOPIC }, StringEquals: { 'aws:SourceAccount': '111111111111' } }],
  ])('%j fails for the topic', (condition) => {
    expect(asked(condition)).toBe(false);
  });

  it('asks KMS through which service and for which data', () => {
    const resource = [
      allow('kms:Decrypt', '*', {
        Principal: '*',
        Condition: {
          StringEquals: {
            'kms:ViaService': 'sqs.us-east-1.amazonaws.com',
            'kms:EncryptionContext:aws:sqs:arn': QUEUE,
          },
        },
      }),
    ];
    const encryptionContext = { 'aws:sqs:arn': QUEUE };
    const by = (via: string) =>
      decide([WORKER, 'kms:Decrypt', KEY, { via, encryptionContext }], { resource });
    expect([by('sqs').allowed, by('sns').allowed]).toEqual([true, false]);
  });
});
