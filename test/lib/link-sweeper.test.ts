import { grantsOf } from './helpers/statements';
import { only, type Resource, synthesize } from './helpers/synthesize';

const stacks = synthesize();

const resourcesOf = (type: string) =>
  Object.entries(stacks.root.findResources(type)).filter(([id]) => id.startsWith('LinkSweeper')) as [
    string,
    Resource,
  ][];

test('is run every five minutes, and by nobody but its rule', () => {
  const [id, rule] = only(resourcesOf('AWS::Events::Rule'));
  const [functionId] = only(resourcesOf('AWS::Lambda::Function'));
  expect(rule.Properties).toMatchObject({
    ...{ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' },
    Targets: [{ Arn: { 'Fn::GetAtt': [functionId, 'Arn'] } }],
  });
  const [, permission] = only(resourcesOf('AWS::Lambda::Permission'));
  expect(permission.Properties).toMatchObject({
    ...{ Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' },
    SourceArn: { 'Fn::GetAtt': [id, 'Arn'] },
  });
});

test('knows the table, the topic and the one secret that it signs with', () => {
  const [, { Properties }] = only(resourcesOf('AWS::Lambda::Function'));
  expect((Properties.Environment as { Variables: object }).Variables).toEqual({
    PUNCTUAL_ENVIRONMENT: 'test',
    USER_LINK_TABLE_NAME: expect.anything(),
    EVENT_TOPIC_ARN: { Ref: expect.stringContaining('EventTopic') },
    PUNCTUAL_SECRET_ARN: { Ref: expect.stringContaining('PunctualSecret') },
  });
});

test('has exactly what it uses: it can neither read a link nor make one', () => {
  const grants = grantsOf(stacks).filter(({ policy }) => policy.startsWith('root LinkSweeper'));
  expect([...new Set(grants.map(({ action }) => action))].toSorted()).toEqual([
    ...['dynamodb:Query', 'dynamodb:UpdateItem', 'kms:Decrypt', 'kms:GenerateDataKey*'],
    ...['logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue', 'sns:Publish'],
  ]);
  const reached = (action: string) =>
    JSON.stringify(only(grants.filter((grant) => grant.action === action)).resources);
  expect(reached('dynamodb:Query')).toMatch(/UserLinkTable.*"Arn".*\/index\/due"/);
  expect(reached('dynamodb:UpdateItem')).toMatch(/^\[\{"Fn::GetAtt":\["UserLinkTable[^"]*","Arn"\]\}\]$/);
  expect(reached('secretsmanager:GetSecretValue')).toContain('PunctualSecret');
  expect(reached('sns:Publish')).toContain('EventTopic');
});

test('finds links in an index of those that are due, by the time at which to remind of them', () => {
  const tables = Object.entries(stacks.root.findResources('AWS::DynamoDB::GlobalTable'));
  const [, links] = only(tables.filter(([id]) => id.startsWith('UserLinkTable'))) as [string, Resource];
  expect(links.Properties.GlobalSecondaryIndexes).toContainEqual({
    IndexName: 'due',
    KeySchema: [
      { AttributeName: 'due', KeyType: 'HASH' },
      { AttributeName: 'remindAt', KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  });
});
