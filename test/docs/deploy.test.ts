import { withParts } from '../../docs/generate/generated-parts';
import { idleCostParts } from '../../docs/generate/idle-cost';
import { INVITATIONS, synthesize } from '../lib/helpers/synthesize';
import { readPage } from './helpers/markdown';

const page = readPage('docs/deploy.md');

test('the cost of an idle month is that of the template (npm run generate)', () => {
  expect(page).toBe(withParts(page, idleCostParts()));
});

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: unknown;
}

describe('the policy of who deploys', () => {
  const text = readPage('docs/deploy-policy.json');
  const statements = (JSON.parse(text) as { Statement: Statement[] }).Statement;
  const actions = statements.flatMap(({ Action }) => [Action].flat());
  const stacks = synthesize({ invitations: INVITATIONS });
  const types = new Set(
    [stacks.root, ...Object.values(stacks.systems)].flatMap((template) =>
      Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type),
    ),
  );
  // Both versions of API Gateway are one service to IAM.
  const serviceOf = (type: string) => (type.split('::')[1] ?? '').toLowerCase().replace(/v2$/, '');
  const isCovered = (type: string) => actions.some((action) => action.startsWith(`${serviceOf(type)}:`));

  test('knows every service of the template, and no other', () => {
    expect([...types].filter((type) => !isCovered(type))).toEqual([]);
    const services = new Set([...types].map((type) => serviceOf(type)));
    const others = actions
      .map((action) => action.split(':')[0])
      .filter((service) => !services.has(service ?? ''));
    // The bundles and the version that the bootstrap keeps; and what CloudFormation looks at of every global table.
    expect(new Set(others)).toEqual(new Set(['s3', 'ssm', 'application-autoscaling']));
    // Ours scale by themselves, so that there is nothing to change.
    const ofCapacity = actions.filter((action) => action.startsWith('application-autoscaling:'));
    expect(ofCapacity).toEqual(['application-autoscaling:Describe*']);
  });

  test('fails to make or hand on a role of another name, so ours have none of their own', () => {
    const reach = statements.filter(({ Action }) => JSON.stringify(Action).includes('iam:'));
    for (const { Sid, Resource } of reach) {
      expect([Sid, Resource]).toEqual([
        Sid,
        expect.stringMatching(/role\/(UserProvisioning-|aws-service-role\/)\*$/),
      ]);
    }
    expect(actions).not.toContain('iam:*');
    for (const [, { Properties }] of stacks.all('AWS::IAM::Role'))
      expect(Properties.RoleName).toBeUndefined();
  });

  test('fails to attach a policy of AWS that no role of ours has, such as that of an administrator', () => {
    const attached = stacks
      .all('AWS::IAM::Role')
      .flatMap(
        ([, { Properties }]) =>
          JSON.stringify(Properties.ManagedPolicyArns ?? []).match(/:iam::[^"]+/g) ?? [],
      );
    const [attaching, ...others] = statements.filter(({ Action }) =>
      [Action].flat().includes('iam:AttachRolePolicy'),
    );
    expect(attached).not.toEqual([]);
    expect(others).toEqual([]);
    expect(attaching?.Condition).toEqual({
      ArnEquals: { 'iam:PolicyARN': `arn:aws${[...new Set(attached)].join()}` },
    });
  });

  test('hands roles to every service that takes one', () => {
    const trusted = stacks
      .all('AWS::IAM::Role')
      .flatMap(([, { Properties }]) => [...JSON.stringify(Properties).matchAll(/"Service":"([^"]+)"/g)])
      .map(([, service]) => service);
    const handedOn = JSON.stringify(statements.find(({ Action }) => Action === 'iam:PassRole'));
    expect(trusted).not.toEqual([]);
    for (const service of trusted) expect(handedOn).toContain(service);
  });

  test('fits into a managed policy', () => {
    expect(JSON.stringify(JSON.parse(text)).length).toBeLessThan(6_144);
  });
});

test('every alarm that the page names is one', () => {
  const alarms = synthesize()
    .all('AWS::CloudWatch::Alarm')
    .map(([, { Properties }]) => String(Properties.AlarmName).replace('UserProvisioning-test-', ''));
  const named = [...page.matchAll(/UserProvisioning-dev-([a-z][a-z-]+)/g)].map(([, name]) => name);
  expect(named).not.toEqual([]);
  for (const name of named) expect(alarms).toContain(name);
});
