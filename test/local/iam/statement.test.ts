import { readStatements } from '../../../local/iam/statement';

const read = (statement: object, document = {}) =>
  readStatements({ Version: '2012-10-17', Statement: [statement], ...document });
const STATEMENT = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

it('reads one statement as a list of one', () => {
  expect(readStatements({ Version: '2012-10-17', Statement: STATEMENT })).toEqual(read(STATEMENT));
});

it.each([
  ['condition operator IpAddress', { Condition: { IpAddress: { 'aws:SourceArn': '10.0.0.0/8' } } }],
  [
    'condition operator ForAnyValue:StringEquals',
    { Condition: { 'ForAnyValue:StringEquals': { 'aws:SourceArn': 'a' } } },
  ],
  ['condition key aws:SourceVpc', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } }],
  ['policy variables', { Resource: `arn:aws:s3:::bucket/$\{aws:username}` }],
  ['Action and NotAction', { NotAction: 'sqs:DeleteMessage' }],
  ['NotPrincipal', { NotPrincipal: { AWS: '*' } }],
  ['Federated', { Principal: { Federated: 'accounts.google.com' } }],
  ['Effect', { Effect: 'Maybe' }],
])('rejects %s, which it cannot judge', (words, more) => {
  expect(() => read({ ...STATEMENT, ...more })).toThrow(words);
});

it('rejects a document of another version', () => {
  expect(() => read(STATEMENT, { Version: '2008-10-17' })).toThrow('2012-10-17');
});

it('rejects a statement that says nothing of actions', () => {
  expect(() => read({ Effect: 'Allow', Resource: '*' })).toThrow('a statement without Action');
});
