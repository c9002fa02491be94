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
  expect(actions.filter((action) => /Query|Scan|Delete(Item)/.test(action))).toEqual([]);
});

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
