import { grantsOf, policyOf, statementsOf } from './helpers/statements';
import { only, type Resource, synthesize } from './helpers/synthesize';

const stacks = synthesize();
const ephemeral = synthesize({ ephemeral: true });

const SERVICE_DENY = { Bool: { 'aws:SecureTransport': 'false' } };

test('outputs addresses and ids, by the names that others build on', () => {
  expect(Object.keys(stacks.root.findOutputs('*'))).toEqual(
    expect.arrayContaining([
      ...[
        'AlarmTopicArn',
        'AuditTableName',
        'Auth0Tenant',
        'EnvironmentName',
        'EventApiKeyId',
        'EventApiUrl',
      ],
      ...['EventApiUsagePlanId', 'EventTopicArn', 'EventTopicDeadLetterQueueUrl', 'NotificationTopicArn'],
      ...['ProjectionFailureQueueUrl', 'QuarantineQueueUrl', 'QueueUrlCrm', 'QueueUrlProfile'],
      ...[
        'SigningSecretArn',
        'EventStreamSecretArn',
        'SystemTableName',
        'UserLinkTableName',
        'UserRefPepperArn',
      ],
    ]),
  );
  expect(JSON.stringify(stacks.root.findOutputs('EventApiUrl'))).toMatch(/"\/"\]\]/);
});

test('synthesizes without a warning', () => {
  expect(stacks.warnings).toEqual([]);
});

test('every system is a nested stack of its own', () => {
  stacks.root.resourceCountIs('AWS::CloudFormation::Stack', 2);
  expect(Object.keys(stacks.systems)).toEqual(['profile', 'crm']);
});

describe('encryption', () => {
  const keyOf = (resource: Resource, property: string) => JSON.stringify(resource.Properties[property] ?? '');

  test('topics, queues, and data have a key each, which rotates', () => {
    const keys = stacks.all('AWS::KMS::Key');
    expect(keys.map(([, { Properties }]) => Properties.EnableKeyRotation)).toEqual([true, true, true]);
    for (const [, topic] of stacks.all('AWS::SNS::Topic')) {
      expect(keyOf(topic, 'KmsMasterKeyId')).toContain('TopicKey');
    }
    for (const [, queue] of stacks.all('AWS::SQS::Queue')) {
      expect(keyOf(queue, 'KmsMasterKeyId')).toContain('QueueKey');
    }
    for (const [, secret] of stacks.all('AWS::SecretsManager::Secret')) {
      expect(keyOf(secret, 'KmsKeyId')).toContain('DataKey');
    }
  });

  test('every table is under the data key, in every replica', () => {
    const tables = stacks.all('AWS::DynamoDB::GlobalTable');
    expect(tables).toHaveLength(5);
    for (const [, { Properties }] of tables) {
      expect(Properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
      expect(JSON.stringify(Properties.Replicas)).toContain('DataKey');
    }
  });

  test('no key may be administered by anybody but the account', () => {
    for (const [, key] of stacks.all('AWS::KMS::Key')) {
      const everything = statementsOf(key).filter(({ Action }) => Action.includes('kms:*'));
      expect(JSON.stringify(only(everything).Principal)).toContain(':root');
    }
  });
});

describe('TLS', () => {
  test.each([
    ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'sqs:*'],
    ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'sns:Publish'],
  ])('every %s refuses calls without it', (type, policyType, action) => {
    for (const [name] of stacks.all(type)) {
      expect(policyOf(stacks, policyType, name)).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Action: [action], Condition: SERVICE_DENY }),
      );
    }
  });
});

describe('least privilege', () => {
  // KMS has no narrower name for both kinds of data keys, and AWS documents it so for SNS.
  const DOCUMENTED_WILDCARDS = ['kms:GenerateDataKey*'];

  test('no role may do more than it is named for', () => {
    const wild = grantsOf(stacks).filter(({ action }) => action.includes('*'));
    expect([...new Set(wild.map(({ action }) => action))]).toEqual(DOCUMENTED_WILDCARDS);
  });

  test('no grant reaches every resource', () => {
    expect(grantsOf(stacks).filter(({ resources }) => resources.includes('*'))).toEqual([]);
  });

  test('only the role of API Gateway logs has a policy of AWS', () => {
    const roles = stacks.all('AWS::IAM::Role').filter(([, { Properties }]) => Properties.ManagedPolicyArns);
    expect(roles.map(([name]) => name)).toEqual([expect.stringContaining('EventApiCloudWatchRole')]);
  });

  test.each([
    ['profile', ['dynamodb:DeleteItem']],
    ['crm', []],
  ])('the connector of %s has exactly what it uses', (system, own) => {
    const actions = grantsOf(stacks).filter(({ policy }) => policy.startsWith(`${system} `));
    expect([...new Set(actions.map(({ action }) => action))].toSorted()).toEqual([
      ...own,
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ]);
  });

  test.each([
    ['UserLinkTable', ['dynamodb:GetItem', 'dynamodb:PutItem']],
    ['SystemTable', ['dynamodb:GetItem', 'dynamodb:UpdateItem']],
  ])('a connector may do with %s no more than its work', (table, allowed) => {
    const grants = grantsOf(stacks).filter(
      ({ policy, action, resources }) =>
        policy.startsWith('crm ') &&
        action.startsWith('dynamodb:') &&
        JSON.stringify(resources).includes(table),
    );
    expect(grants.map(({ action }) => action)).toEqual(allowed);
  });

  test('a connector sends to its DLQ and to quarantine, and receives from its own queue', () => {
    const [send, receive] = ['sqs:SendMessage', 'sqs:ReceiveMessage'].map((wanted) =>
      grantsOf(stacks)
        .filter(({ policy, action }) => policy.startsWith('crm ') && action === wanted)
        .flatMap(({ resources }) => resources.map((resource) => JSON.stringify(resource))),
    );
    expect(send).toEqual([
      expect.stringContaining('DeadLetters'),
      expect.stringContaining('QuarantineStrays'),
    ]);
    expect(receive).toEqual([expect.stringMatching(/"SystemQueue[0-9A-F]{8}"/)]);
  });
});

describe('secrets', () => {
  test('are made up by AWS, 44 letters and digits long', () => {
    for (const [, { Properties }] of stacks.all('AWS::SecretsManager::Secret')) {
      expect(Properties.GenerateSecretString).toEqual({ PasswordLength: 44, ExcludePunctuation: true });
      expect(Properties.SecretString).toBeUndefined();
    }
  });

  test('reach neither an output nor the environment of a function, which hold their ARNs', () => {
    const templates = [stacks.root, ...Object.values(stacks.systems)].map((each) => each.toJSON());
    expect(JSON.stringify(templates).includes('{{resolve:')).toBe(false);
    const variables = stacks
      .all('AWS::Lambda::Function')
      .flatMap(([, { Properties }]) =>
        Object.keys((Properties.Environment as { Variables: object }).Variables),
      );
    const secretive = variables.filter((name) => /SECRET|PEPPER|TOKEN|KEY|PASSWORD/.test(name));
    expect(secretive.filter((name) => !name.endsWith('_ARN'))).toEqual([]);
  });
});

/** Open sockets are over within minutes. */
const isLasting = ([name]: readonly [string, unknown]) => !name.includes('StatusApiConnections');

describe('what holds state', () => {
  const STATEFUL = [
    'AWS::KMS::Key',
    'AWS::DynamoDB::GlobalTable',
    'AWS::SQS::Queue',
    'AWS::SNS::Topic',
    'AWS::SecretsManager::Secret',
    'AWS::Logs::LogGroup',
  ];

  test.each(STATEFUL)('%s outlives the stack by default', (type) => {
    const found = stacks.all(type).filter(isLasting);
    expect(found).not.toEqual([]);
    for (const [, { DeletionPolicy, UpdateReplacePolicy }] of found) {
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    }
  });

  test.each(STATEFUL)('%s goes with an ephemeral stack', (type) => {
    for (const [, { DeletionPolicy }] of ephemeral.all(type)) expect(DeletionPolicy).toBe('Delete');
  });

  test.each([
    ['protected by default', stacks, true],
    ['not protected in an ephemeral stack', ephemeral, false],
  ])('tables can be restored to any second, and are %s', (_, synthesized, isProtected) => {
    for (const [, { Properties }] of synthesized.all('AWS::DynamoDB::GlobalTable').filter(isLasting)) {
      const [replica] = Properties.Replicas as Record<string, unknown>[];
      expect(replica).toMatchObject({
        DeletionProtectionEnabled: isProtected,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
    expect(synthesized.terminationProtection).toBe(isProtected);
  });

  test('has no name of its own, so that it can be made again beside what was kept', () => {
    const named = [...STATEFUL, 'AWS::Lambda::Function', 'AWS::IAM::Role'].flatMap((type) =>
      stacks.all(type).flatMap(([name, { Properties }]) =>
        Object.entries(Properties)
          .filter(([property]) => /^(Queue|Table|Topic|Function|Role|LogGroup)?Name$/.test(property))
          .map(([, value]) => [name, JSON.stringify(value)] as const),
      ),
    );
    for (const [, value] of named) expect(value).toMatch(/AWS::StackId|EventApi/);
  });
});

function tablesOf(stage: string): Resource[] {
  const tables = Object.entries(stacks.root.findResources('AWS::DynamoDB::GlobalTable'));
  return tables.filter(([id]) => id.startsWith(stage)).map(([, table]) => table as Resource);
}

test('the audit table keeps the acts of a month in their order, and no function may read or take away what is noted', () => {
  expect(only(tablesOf('AuditTable')).Properties).toMatchObject({
    KeySchema: [
      { AttributeName: 'month', KeyType: 'HASH' },
      { AttributeName: 'id', KeyType: 'RANGE' },
    ],
  });
  const granted = grantsOf(stacks).filter(({ resources }) =>
    JSON.stringify(resources).includes('AuditTable'),
  );
  const noting = granted.filter(
    ({ action }) => !['dynamodb:PutItem', 'dynamodb:UpdateItem'].includes(action),
  );
  expect([noting, granted.filter(({ policy }) => !policy.startsWith('root ProvisioningApi'))]).toEqual([
    [],
    [],
  ]);
});

describe('the user-link table', () => {
  const table = tablesOf('UserLinkTable');

  test('is keyed by user and system, and streams both images of a row', () => {
    expect(only(table).Properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'userRef', KeyType: 'HASH' },
        { AttributeName: 'system', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });
});

describe('the index of unsettled links', () => {
  test('is found by system and shard, oldest first, with the whole row', () => {
    expect(only(tablesOf('UserLinkTable')).Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'unsettled',
        KeySchema: [
          { AttributeName: 'unsettled', KeyType: 'HASH' },
          { AttributeName: 'updatedAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
      expect.objectContaining({ IndexName: 'due' }),
    ]);
  });

  test('is no way for a connector to read what is not its own', () => {
    const granted = grantsOf(stacks).filter(({ policy }) => /^(crm|profile) /.test(policy));
    expect(JSON.stringify(granted)).not.toContain('/index/');
  });
});

describe('functions', () => {
  test('run on a named runtime, on arm64, and log for three months', () => {
    for (const [, { Properties }] of stacks.all('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogGroup: expect.anything() },
      });
    }
    for (const [, { Properties }] of stacks.all('AWS::Logs::LogGroup')) {
      expect(Properties.RetentionInDays).toBe(90);
    }
  });
});

/** The logical ids that a resource or a part of one refers to. */
function referencesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (value === null || typeof value !== 'object') return [];
  const { Ref, 'Fn::GetAtt': attribute, ...others } = value as Record<string, unknown>;
  const direct = [Ref, Array.isArray(attribute) ? attribute[0] : undefined].filter(
    (id) => typeof id === 'string',
  );
  return [...(direct as string[]), ...referencesOf(Object.values(others))];
}

test.each([['root', stacks.root], ...Object.entries(stacks.systems)] as const)(
  'no resource of %s depends on itself, however far around',
  (_, template) => {
    const resources = template.toJSON().Resources as Record<string, Resource>;
    const settled = new Set<string>();
    const visit = (id: string, path: readonly string[]): void => {
      if (path.includes(id)) throw new Error(`A circle: ${[...path, id].join(' -> ')}`);
      const resource = resources[id];
      if (resource === undefined || settled.has(id)) return;
      const next = [...referencesOf(resource.Properties), ...(resource.DependsOn ?? [])];
      for (const other of next) visit(other, [...path, id]);
      settled.add(id);
    };
    for (const id of Object.keys(resources)) expect(() => visit(id, [])).not.toThrow();
  },
);

test('tells which active systems are required, and nothing where none is', () => {
  const scim = (name: string) => ({ kind: 'scim' as const, baseUrl: `https://${name}.example.com` });
  const required = synthesize(
    {},
    {
      crm: { ...scim('crm'), required: true },
      'help-desk': { ...scim('help-desk'), required: true },
      old: { ...scim('old'), required: true, state: 'retired' },
      video: { kind: 'profile' },
    },
  );
  expect(only(required.root.findOutputs('RequiredSystems'))).toEqual({ Value: 'crm,help-desk' });
  expect(stacks.root.findOutputs('RequiredSystems')).toEqual({});
});
