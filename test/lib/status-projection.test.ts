import { compilePattern } from '../../local/aws/pattern/pattern';
import { grantsOf } from './helpers/statements';
import { only, type Resource, synthesize } from './helpers/synthesize';

const stacks = synthesize();
const mapping = only(stacks.root.findResources('AWS::Lambda::EventSourceMapping')) as Resource;

interface Image {
  readonly NewImage?: object;
  readonly OldImage?: object;
}

const LINK = { userRef: { S: 'u' }, system: { S: 'crm' }, state: { S: 'pending' } };
const OTHER = { userRef: { S: 'u' }, system: { S: 'crm#account' } };

function isProjected(eventName: string, dynamodb: Image): boolean {
  const { Filters } = mapping.Properties.FilterCriteria as { Filters: { Pattern: string }[] };
  return Filters.some(({ Pattern }) => compilePattern(JSON.parse(Pattern))({ eventName, dynamodb }));
}

test('a record that fails is cut out, tried ten times for six hours at most, and noted', () => {
  expect(mapping.Properties).toMatchObject({
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 10,
    MaximumRecordAgeInSeconds: 6 * 3_600,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    StartingPosition: 'TRIM_HORIZON',
    DestinationConfig: {
      OnFailure: {
        Destination: { 'Fn::GetAtt': [expect.stringContaining('StatusProjectionFailures'), 'Arn'] },
      },
    },
  });
});

test.each([
  ['INSERT of a link', 'INSERT', { NewImage: LINK }, true],
  ['MODIFY of a link', 'MODIFY', { OldImage: LINK, NewImage: LINK }, true],
  ['REMOVE of a link', 'REMOVE', { OldImage: LINK }, true],
  ['INSERT of something else', 'INSERT', { NewImage: OTHER }, false],
  ['REMOVE of something else', 'REMOVE', { OldImage: OTHER }, false],
])('an %s is projected or not: %s', (_, eventName, images, expected) => {
  expect(isProjected(eventName, images)).toBe(expected);
});

test('the projector reads the stream, notifies, pushes, notes failures, and touches no row of what it reads', () => {
  const grants = grantsOf(stacks).filter(({ policy }) => policy.includes('StatusProjection'));
  const actions = [...new Set(grants.map(({ action }) => action))].toSorted();
  expect(actions).toEqual([
    'dynamodb:DeleteItem',
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'dynamodb:Query',
    'execute-api:ManageConnections',
    'kms:Decrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKey*',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'sns:Publish',
    'sqs:SendMessage',
  ]);
  const touched = grants.filter(({ action }) => /^dynamodb:(Query|.*Item)$/.test(action));
  for (const { resources } of touched) {
    expect(JSON.stringify(resources)).toContain('StatusApiConnections');
    expect(JSON.stringify(resources)).not.toContain('UserLinkTable');
  }
  const published = grants
    .filter(({ action }) => action === 'sns:Publish')
    .flatMap(({ resources }) => resources);
  expect(JSON.stringify(published)).toContain('NotificationTopic');
});
