import { grantsOf, policyOf, statementsOf } from './helpers/statements';
import { INVITATIONS, only, synthesize } from './helpers/synthesize';

const stacks = synthesize({ provisioningApi: {}, invitations: INVITATIONS });
const ofMail = (type: string) => stacks.all(type).filter(([name]) => name.includes('InvitationMail'));
const granted = (who: string) =>
  grantsOf(stacks)
    .filter(({ policy }) => policy.includes(who))
    .map(({ action }) => action);

test('the function may send from the one address, with the one configuration set, and nothing else of SES', () => {
  const statements = ofMail('AWS::IAM::Policy').flatMap(([, policy]) => statementsOf(policy));
  const [sending, ...others] = statements.filter(({ Action }) =>
    Action.some((one) => one.startsWith('ses:')),
  );
  expect(others).toEqual([]);
  expect(sending).toMatchObject({
    Action: ['ses:SendEmail'],
    Condition: { StringEquals: { 'ses:FromAddress': 'hello@acme.com' } },
  });
  expect(JSON.stringify(sending?.Resource)).toMatch(/:configuration-set\/.*:identity\/\*/);
});

test('the function changes invitations one at a time, and finds none by anything but their id', () => {
  const actions = granted('InvitationMail');
  expect(actions).toEqual(expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:PutItem']));
  expect(actions.filter((action) => /Scan|Delete(Item)/.test(action))).toEqual([]);
  const queries = grantsOf(stacks).filter(
    ({ policy, action }) => policy.includes('InvitationMail') && action === 'dynamodb:Query',
  );
  // Of who is blocked or gone, for whoever has the address already.
  expect(queries).toHaveLength(1);
  expect(JSON.stringify(queries)).toContain('UserLinkTable');
});

describe('accounts ahead of the first login', () => {
  const SYSTEMS = {
    auth0: { kind: 'auth0' },
    crm: { kind: 'scim', baseUrl: 'https://crm.acme.com/scim/v2' },
    desk: { kind: 'scim', baseUrl: 'https://desk.acme.com/scim/v2', provisionAt: 'use' },
    old: { kind: 'scim', baseUrl: 'https://old.acme.com/scim/v2', state: 'retired' },
  } as const;
  const precreation = (provisionOn: 'login' | 'invite') => {
    const invitations = { ...INVITATIONS, provisionOn };
    const all = synthesize({ provisioningApi: {}, invitations }, SYSTEMS);
    const variables = all
      .all('AWS::Lambda::Function')
      .map(([, { Properties }]) => (Properties as Variables).Environment?.Variables?.PRECREATION);
    return JSON.parse(variables.find((text) => text !== undefined) ?? '');
  };

  test('are made where people have them without asking, and by the tenant itself for nobody who has not accepted', () => {
    expect(precreation('invite').ahead).toEqual({ systems: ['crm'], jit: expect.anything() });
  });

  test('are not made where the first login does that', () => {
    const settings = precreation('login');
    expect(settings).not.toHaveProperty('ahead');
    expect(settings).toMatchObject({
      connection: 'Username-Password-Authentication',
      clientIds: expect.any(Object),
    });
  });
});

interface Variables {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

test('the API may put messages into the queue of mails, and take none', () => {
  const actions = grantsOf(stacks)
    .filter(({ policy, resources }) => {
      return policy.includes('ProvisioningApi') && JSON.stringify(resources).includes('InvitationMailQueue');
    })
    .map(({ action }) => action);
  expect(actions).toEqual(['sqs:SendMessage']);
});

test('SES tells of bounces, complaints and rejected mails, of nothing that people do, and only over TLS it sends', () => {
  const [, destination] = only(ofMail('AWS::SES::ConfigurationSetEventDestination'));
  const { EventDestination } = destination.Properties as { EventDestination: object };
  expect(EventDestination).toMatchObject({ MatchingEventTypes: ['bounce', 'complaint', 'reject'] });
  const [, set] = only(ofMail('AWS::SES::ConfigurationSet'));
  expect(set.Properties).toMatchObject({
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
});

test('nobody but SES, for this configuration set, is let in at the topic', () => {
  const [topic] = only(ofMail('AWS::SNS::Topic'));
  const allowed = policyOf(stacks, 'AWS::SNS::TopicPolicy', topic).filter(({ Effect }) => Effect === 'Allow');
  expect(allowed).toHaveLength(1);
  expect(allowed[0]).toMatchObject({ Action: ['sns:Publish'], Principal: { Service: 'ses.amazonaws.com' } });
  expect(JSON.stringify(allowed[0]?.Condition)).toMatch(/aws:SourceAccount.*aws:SourceArn/s);
});

test('the key lets SES in as AWS documents it: with no condition that SES may not meet', () => {
  const ofSes = stacks
    .all('AWS::KMS::Key')
    .flatMap(([, key]) => statementsOf(key))
    .filter(({ Principal }) => JSON.stringify(Principal).includes('ses.amazonaws.com'));
  expect(ofSes).toHaveLength(1);
  expect(ofSes[0]).toMatchObject({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Effect: 'Allow' });
  expect(ofSes[0]?.Condition).toBeUndefined();
});

test('what SNS cannot deliver is parked with what the function gives up', () => {
  const [, subscription] = only(ofMail('AWS::SNS::Subscription'));
  expect(subscription.Properties).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true });
  expect(JSON.stringify(subscription.Properties.RedrivePolicy)).toContain('DeadLetters');
});

test('SQS hides a message six times as long as the function may take for it', () => {
  const [, queue] = only(ofMail('AWS::SQS::Queue').filter(([name]) => !name.includes('DeadLetters')));
  const [, sender] = only(ofMail('AWS::Lambda::Function'));
  expect(queue.Properties.VisibilityTimeout).toBe(6 * Number(sender.Properties.Timeout));
});
