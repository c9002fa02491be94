import { identify } from '../../../local/aws/protocol/identify';

const signed = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`;
const JSON_TYPE = 'application/x-amz-json-1.0';
const FORM_TYPE = 'application/x-www-form-urlencoded; charset=utf-8';

function aRequest(headers: Record<string, string>, method = 'POST') {
  return { method, headers, body: '' };
}

test.each([
  [
    'SQS',
    { authorization: signed('sqs'), 'content-type': JSON_TYPE, 'x-amz-target': 'AmazonSQS.SendMessage' },
    'sqs',
    'json',
  ],
  [
    'DynamoDB',
    {
      authorization: signed('dynamodb'),
      'content-type': JSON_TYPE,
      'x-amz-target': 'DynamoDB_20120810.Scan',
    },
    'dynamodb',
    'json',
  ],
  [
    'Secrets Manager',
    {
      authorization: signed('secretsmanager'),
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'secretsmanager.ListSecrets',
    },
    'secretsmanager',
    'json',
  ],
  [
    'CloudWatch, which signs as monitoring',
    {
      authorization: signed('monitoring'),
      'content-type': JSON_TYPE,
      'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms',
    },
    'cloudwatch',
    'json',
  ],
  ['SNS', { authorization: signed('sns'), 'content-type': FORM_TYPE }, 'sns', 'query'],
  ['STS', { authorization: signed('sts'), 'content-type': FORM_TYPE }, 'sts', 'query'],
  [
    'CloudFormation',
    { authorization: signed('cloudformation'), 'content-type': FORM_TYPE },
    'cloudformation',
    'query',
  ],
  ['API Gateway', { authorization: signed('apigateway') }, 'apigateway', 'rest'],
  ['Lambda', { authorization: signed('lambda') }, 'lambda', 'rest'],
  ['SES', { authorization: signed('ses') }, 'ses', 'rest'],
])('a signed request of %s says what it is and who sends it', (_, headers, service, protocol) => {
  expect(identify(aRequest(headers))).toEqual({ service, protocol, accessKeyId: 'AKID' });
});

test('an unsigned request is told by its target or its form', () => {
  const target = { 'content-type': JSON_TYPE, 'x-amz-target': 'AmazonSQS.ListQueues' };
  expect(identify(aRequest(target))).toEqual({ service: 'sqs', protocol: 'json' });
  expect(identify(aRequest({ 'content-type': FORM_TYPE }))).toEqual({ service: 'sns', protocol: 'query' });
});

test.each([
  ['a service it does not have', { authorization: signed('s3') }, /has no s3; it has .*dynamodb, .*sns, sqs/],
  [
    'the old protocol of SQS',
    { authorization: signed('sqs'), 'content-type': FORM_TYPE },
    /No query for sqs/,
  ],
  [
    'JSON for SNS',
    { authorization: signed('sns'), 'content-type': JSON_TYPE, 'x-amz-target': 'SNS.Publish' },
    /No json for sns/,
  ],
  ['a browser', {}, /No POST without type/],
])('rejects %s by name', (_, headers, words) => {
  expect(() => identify(aRequest(headers as Record<string, string>))).toThrow(words);
});
