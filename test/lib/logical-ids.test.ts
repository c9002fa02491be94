import { synthesizeTemplates } from '../../docs/generate/synthesize-templates';
import { readPage, rowsOf, sectionOf } from '../docs/helpers/markdown';
import { EVERY_KIND, synthesize } from './helpers/synthesize';

/**
 * CloudFormation knows a resource by its logical id and its type. Another id is another resource: the old one is
 * left behind or deleted with all that is in it, and an empty one takes its place. So these change with a major
 * version only, and docs/upgrading.md says how.
 */
const KEPT = {
  root: {
    KeysTopicKeyC4E76022: 'AWS::KMS::Key',
    KeysQueueKey43A64443: 'AWS::KMS::Key',
    KeysDataKey8F3FE3A4: 'AWS::KMS::Key',
    SigningSecret63A7F3CE: 'AWS::SecretsManager::Secret',
    EventStreamSecret93C6DBFD: 'AWS::SecretsManager::Secret',
    PunctualSecretDCA8A089: 'AWS::SecretsManager::Secret',
    UserRefPepperSecretE520552F: 'AWS::SecretsManager::Secret',
    EventTopic57800998: 'AWS::SNS::Topic',
    EventTopicDeadLettersQueue26889476: 'AWS::SQS::Queue',
    QuarantineStraysQueueAB329130: 'AWS::SQS::Queue',
    UserLinkTableLinksTable6ECFA791: 'AWS::DynamoDB::GlobalTable',
    SystemTableItemsTable5C8AAF71: 'AWS::DynamoDB::GlobalTable',
    StatusProjectionFailuresQueue1703061A: 'AWS::SQS::Queue',
    StatusProjectionNotificationTopic7AD27197: 'AWS::SNS::Topic',
    AuditTableActsTable97EB740D: 'AWS::DynamoDB::GlobalTable',
    CertificateKey38863F6A: 'AWS::KMS::Key',
    StatusApiStatusSecret7EF30D07: 'AWS::SecretsManager::Secret',
    StatusApiReturnSecret542F1742: 'AWS::SecretsManager::Secret',
    AlarmTopicC2164170: 'AWS::SNS::Topic',
    ProvisioningApiManagementClientSecret931639EB: 'AWS::SecretsManager::Secret',
  },
  profile: {
    SystemQueue91DCBB00: 'AWS::SQS::Queue',
    SystemQueueDeadLettersQueue6D718D44: 'AWS::SQS::Queue',
    ConnectorProfilesTableEB9AAC88: 'AWS::DynamoDB::GlobalTable',
  },
  crm: {
    SystemQueue91DCBB00: 'AWS::SQS::Queue',
    SystemQueueDeadLettersQueue6D718D44: 'AWS::SQS::Queue',
    ConnectorTokenSecret67B5CA51: 'AWS::SecretsManager::Secret',
  },
  mailing: {
    SystemQueue91DCBB00: 'AWS::SQS::Queue',
    SystemQueueDeadLettersQueue6D718D44: 'AWS::SQS::Queue',
    ConnectorSignOffSecretA2FC793C: 'AWS::SecretsManager::Secret',
    ConnectorSigningSecret661201FC: 'AWS::SecretsManager::Secret',
  },
  payroll: {
    SystemQueue91DCBB00: 'AWS::SQS::Queue',
    SystemQueueDeadLettersQueue6D718D44: 'AWS::SQS::Queue',
    ConnectorSignOffSecretA2FC793C: 'AWS::SecretsManager::Secret',
    ConnectorBus4FB52594: 'AWS::Events::EventBus',
  },
  desk: {
    SystemQueue91DCBB00: 'AWS::SQS::Queue',
    SystemQueueDeadLettersQueue6D718D44: 'AWS::SQS::Queue',
    ConnectorTokenSecret67B5CA51: 'AWS::SecretsManager::Secret',
  },
  auth0: {
    SystemQueue91DCBB00: 'AWS::SQS::Queue',
    SystemQueueDeadLettersQueue6D718D44: 'AWS::SQS::Queue',
  },
  search: {
    SystemQueue91DCBB00: 'AWS::SQS::Queue',
    SystemQueueDeadLettersQueue6D718D44: 'AWS::SQS::Queue',
  },
} as const;

/** Of a system of the kind `scim` that gets its tokens by client credentials, instead of the token. */
const CLIENT = { ConnectorClientSecret6A04E28C: 'AWS::SecretsManager::Secret' } as const;

/** Where the provisioning API may ask Auth0. */
const MANAGEMENT_CLIENT = {
  ProvisioningApiManagementClientSecret931639EB: 'AWS::SecretsManager::Secret',
} as const;

/** Where invitations are configured. */
const INVITATIONS = {
  InvitationsTableRowsTableFAEABCFC: 'AWS::DynamoDB::GlobalTable',
  InvitationsSecretE00FAE27: 'AWS::SecretsManager::Secret',
  InvitationPagesClientSecret8C7CFCD8: 'AWS::SecretsManager::Secret',
} as const;

/** Holds what is over in minutes, and goes with its stack. */
const PASSING = 'StatusApiConnectionsOpenTable909EF15F';

/** Hold nothing, but others know them: the address, the key in Auth0, the stacks of the systems. */
const KNOWN_OUTSIDE = {
  root: {
    EventApiC062CAD3: 'AWS::ApiGateway::RestApi',
    EventApiDeploymentStagev1DBCAE56D: 'AWS::ApiGateway::Stage',
    EventApiKeyCB34ADBC: 'AWS::ApiGateway::ApiKey',
    EventApiUsagePlan715966FE: 'AWS::ApiGateway::UsagePlan',
    SystemprofileNestedStackSystemprofileNestedStackResourceE1ABC1F1: 'AWS::CloudFormation::Stack',
    Systemauth0NestedStackSystemauth0NestedStackResourceCDFED3A9: 'AWS::CloudFormation::Stack',
    SystemcrmNestedStackSystemcrmNestedStackResource4583C78D: 'AWS::CloudFormation::Stack',
    SystemdeskNestedStackSystemdeskNestedStackResource28DDBA29: 'AWS::CloudFormation::Stack',
    SystemmailingNestedStackSystemmailingNestedStackResource4B8301CE: 'AWS::CloudFormation::Stack',
    SystempayrollNestedStackSystempayrollNestedStackResource96FFB895: 'AWS::CloudFormation::Stack',
    SystemsearchNestedStackSystemsearchNestedStackResourceE744217B: 'AWS::CloudFormation::Stack',
  },
} as const;

const STATEFUL = [...new Set(Object.values(KEPT).flatMap((ids) => Object.values<string>(ids)))];
const OUTSIDE = [...new Set(Object.values<string>(KNOWN_OUTSIDE.root))];

type Ids = Record<string, Record<string, string>>;

const stacks = synthesize({}, EVERY_KIND);

/** The logical ids of `types` in each stack, as an environment of another name has them. */
function idsIn(templates: ReturnType<typeof synthesizeTemplates>, types: readonly string[]): Ids {
  const ofTypes = templates.map(({ name, resources }) => {
    const found = Object.entries(resources).filter(
      ([id, { Type }]) => types.includes(Type) && id !== PASSING,
    );
    return [name, Object.fromEntries(found.map(([id, { Type }]) => [id, Type]))] as const;
  });
  return Object.fromEntries(ofTypes.filter(([, ids]) => Object.keys(ids).length > 0));
}

function idsOfTest(types: readonly string[]): Ids {
  const ids: Ids = {};
  for (const type of types) {
    for (const [name] of stacks.all(type)) {
      const [stack = '', id = ''] = name.split(' ');
      if (id === PASSING) continue;
      ids[stack] = { ...ids[stack], [id]: type };
    }
  }
  return ids;
}

describe.each([
  ['what holds state', KEPT, STATEFUL],
  ['what others know', KNOWN_OUTSIDE, OUTSIDE],
] as const)('%s', (_, contract, types) => {
  test('has the logical ids that stacks were deployed with', () => {
    expect(idsOfTest(types)).toEqual(contract);
  });

  test('has the same logical ids in an environment of another name', () => {
    expect(idsIn(synthesizeTemplates(EVERY_KIND), types)).toEqual(contract);
  });
});

test('what holds state stays when its stack or its place in the template goes', () => {
  for (const type of STATEFUL) {
    for (const [name, { DeletionPolicy, UpdateReplacePolicy }] of stacks.all(type)) {
      const end = name.endsWith(PASSING) ? 'Delete' : 'Retain';
      expect([name, DeletionPolicy, UpdateReplacePolicy]).toEqual([name, end, end]);
    }
  }
});

// A change of these makes CloudFormation replace the resource under the same logical id.
test('the tables keep the keys of their rows', () => {
  const keysOf = ({ KeySchema }: Readonly<Record<string, unknown>>) =>
    (KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
  const tables = stacks.all('AWS::DynamoDB::GlobalTable').map(([name, { Properties }]) => {
    return [name, keysOf(Properties)] as const;
  });
  expect(Object.fromEntries(tables)).toEqual({
    'root UserLinkTableLinksTable6ECFA791': ['userRef', 'system'],
    'root SystemTableItemsTable5C8AAF71': ['system', 'item'],
    'root AuditTableActsTable97EB740D': ['month', 'id'],
    [`root ${PASSING}`]: ['userRef', 'connectionId'],
    'profile ConnectorProfilesTableEB9AAC88': ['user_id'],
  });
});

test('source queues keep their names', () => {
  const name = (system: string) => ({
    'Fn::Join': ['', [`${system}-`, { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]],
  });
  for (const system of ['profile', 'crm']) {
    stacks.systems[system]?.hasResourceProperties('AWS::SQS::Queue', { QueueName: name(system) });
  }
});

const CRM = { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } as const;

test('another name of a system is another system, with queues of its own', () => {
  const nestedStacks = (name: string) =>
    Object.keys(idsIn(synthesizeTemplates({ [name]: CRM }), OUTSIDE).root ?? {}).filter((id) =>
      id.startsWith('System'),
    );
  expect(nestedStacks('crm')).toEqual(['SystemcrmNestedStackSystemcrmNestedStackResource4583C78D']);
  expect(nestedStacks('crm-eu')).not.toEqual(nestedStacks('crm'));
});

test('a client is another secret than a token, so that neither is taken for the other', () => {
  const auth = { kind: 'client-credentials', tokenUrl: 'https://idp.example.com/oauth/token' } as const;
  const { crm } = idsIn(synthesizeTemplates({ crm: { ...CRM, auth } }), Object.values(CLIENT));
  expect(crm).toEqual(CLIENT);
});

test('the client that asks Auth0 keeps its secret', () => {
  const { all } = synthesize({ provisioningApi: { management: true } });
  const names = all('AWS::SecretsManager::Secret').map(([name]) => name);
  expect(names).toContain(`root ${Object.keys(MANAGEMENT_CLIENT)[0]}`);
});

const INVITING = {
  from: 'hello@acme.com',
  client: 'accept',
  applications: { shop: { clientId: 'shop', loginUri: 'https://shop.acme.com/login' } },
};

test('invitations keep their rows and what hashes their links', () => {
  const { all } = synthesize({ provisioningApi: {}, invitations: INVITING });
  const types = [...new Set(Object.values<string>(INVITATIONS))];
  const names = types.flatMap((type) => all(type)).map(([name]) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(INVITATIONS).map((id) => `root ${id}`)));
  const [table] = all('AWS::DynamoDB::GlobalTable').filter(([name]) => name.includes('InvitationsTable'));
  expect(table?.[1].Properties.KeySchema).toEqual([{ AttributeName: 'id', KeyType: 'HASH' }]);
  expect(table?.[1].DeletionPolicy).toBe('Retain');
});

describe('docs/upgrading.md', () => {
  const page = readPage('docs/upgrading.md');
  const listed = (heading: string) =>
    Object.fromEntries(
      rowsOf(sectionOf(page, heading)).map(([id = '', type = '']) => [bare(id), bare(type)]),
    );
  const bare = (cell: string) => cell.replaceAll('`', '');

  test('lists the logical ids of what holds state', () => {
    expect(listed('In the stack')).toEqual({ ...KEPT.root, ...MANAGEMENT_CLIENT, ...INVITATIONS });
    expect(listed('In the stack of each system')).toEqual({
      ...KEPT.profile,
      ...KEPT.crm,
      ...KEPT.mailing,
      ...KEPT.payroll,
      ...CLIENT,
    });
  });

  test('lists the logical ids of what others know', () => {
    const others = Object.entries(KNOWN_OUTSIDE.root).filter(([id]) => !id.startsWith('System'));
    expect(listed('What others know')).toEqual({
      ...Object.fromEntries(others),
      'System<name>NestedStack…': 'AWS::CloudFormation::Stack',
    });
  });
});
