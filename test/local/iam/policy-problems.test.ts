import { policyProblems } from '../../../local/iam/policy-problems';

const ARN = (name: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]],
});

it('finds nothing in what the local run can judge', () => {
  const Condition = { ArnEquals: { 'aws:SourceArn': { Ref: 'Topic' } } };
  const PolicyDocument = { Statement: [{ Action: 'sqs:*', Condition }] };
  const ManagedPolicyArns = [ARN('service-role/AWSLambdaBasicExecutionRole')];
  expect(policyProblems({ PolicyDocument, ManagedPolicyArns })).toEqual([]);
});

it('rejects by name, with values still unresolved, what it cannot judge', () => {
  const Condition = { DateLessThan: { 'aws:CurrentTime': { Ref: 'End' } } };
  const PolicyDocument = { Statement: [{ Action: '*', Condition, NotPrincipal: { AWS: '*' } }] };
  const ManagedPolicyArns = [ARN('ReadOnlyAccess')];
  expect(policyProblems({ Policies: [{ PolicyDocument }], ManagedPolicyArns })).toEqual([
    'managed policy ReadOnlyAccess',
    'condition operator DateLessThan',
    'condition key aws:CurrentTime',
    'NotPrincipal',
  ]);
});
