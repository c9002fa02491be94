import { ACCOUNT_LIMITS, concurrencyOf, countOf } from '../../docs/generate/account-limits';
import { withParts } from '../../docs/generate/generated-parts';
import { limitsParts } from '../../docs/generate/limits';
import { sixtySystemsTemplates } from '../../docs/generate/sixty-systems';
import type { SizedTemplate } from '../../docs/generate/synthesize-templates';
import { measure, TEMPLATE_LIMITS } from '../../docs/generate/template-limits';
import { readPage } from '../docs/helpers/markdown';

// Outside the tests, whose time is limited: a busy machine takes its time for so many stacks.
const templates = sixtySystemsTemplates();

test('sixty systems are sixty nested stacks, half of them with a secret and half with a table', () => {
  expect(templates).toHaveLength(61);
  const [root] = templates;
  const holding = (type: string) =>
    templates.filter(
      (template) => template !== root && Object.values(template.resources).some(({ Type }) => Type === type),
    );
  expect(holding('AWS::SecretsManager::Secret')).toHaveLength(30);
  expect(holding('AWS::DynamoDB::GlobalTable')).toHaveLength(30);
  for (const { name } of templates.slice(1)) expect(name).toHaveLength(31);
});

describe('sixty systems stay below what AWS takes', () => {
  test.each(TEMPLATE_LIMITS.map((limit) => [limit.what, limit] as const))('%s', (_, limit) => {
    const { value, where } = measure(limit, templates) ?? { value: 0, where: '' };
    expect(where === '' || value <= limit.limit ? 'fits' : `${value} in ${where}`).toBe('fits');
  });

  test.each(ACCOUNT_LIMITS.map((limit) => [limit.what, limit] as const))(
    'of an account: %s, for two such environments',
    (_, limit) => {
      expect(2 * countOf(limit, templates)).toBeLessThanOrEqual(limit.limit);
    },
  );

  test('of an account: functions that run at once', () => {
    expect(concurrencyOf(templates)).toBeLessThan(1_000);
  });

  test('one more system adds hardly more to the parent than its nested stack', () => {
    const [root] = templates;
    const own = Object.keys(root?.resources ?? {}).filter((id) => id.startsWith('Systemscim00'));
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThanOrEqual(2);
  });
});

describe('what measures', () => {
  const template = (resources: SizedTemplate['resources']): SizedTemplate => {
    return { name: 'root', bytes: 1, resources, outputs: {}, parameters: {} };
  };
  const measured = (what: string, resources: SizedTemplate['resources']) => {
    const limit = TEMPLATE_LIMITS.find((each) => each.what === what);
    return limit && measure(limit, [template({}), template(resources)])?.value;
  };
  const subscription = (FilterPolicy: object) => ({
    S: { Type: 'AWS::SNS::Subscription', Properties: { FilterPolicy } },
  });

  test('takes the product of the fields of a filter, and the sum of alternatives and of what is excluded', () => {
    const filter = { a: ['1', '2'], b: [{ 'anything-but': ['x', 'y', 'z'] }] };
    expect(measured('combinations in a filter policy', subscription(filter))).toBe(6);
    expect(measured('combinations in a filter policy', subscription({ $or: [filter, { a: ['1'] }] }))).toBe(
      7,
    );
    expect(measured('keys in a filter policy', subscription({ $or: [filter, { c: ['1'] }] }))).toBe(3);
  });

  test('puts the longest there is in the place of what only a deployment knows', () => {
    const AlarmDescription = { 'Fn::Join': ['', ['See ', { Ref: 'AWS::Region' }, ' ', { Ref: 'Queue' }]] };
    const alarm = { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmDescription } } };
    expect(measured('description of an alarm', alarm)).toBe('See ap-southeast-2 '.length + 120);
  });

  test('adds up the inline policies of a role, however many there are', () => {
    const policy = (text: string) => ({
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { text } },
    });
    const found = measured('inline policies of a role', {
      A: policy('x'.repeat(50)),
      B: policy('y'.repeat(50)),
    });
    expect(found).toBe(2 * '{"text":""}'.length + 100);
  });

  test('counts the metrics of a dashboard, in each widget and over all', () => {
    const widgets = [{ properties: { metrics: [['a'], ['b']] } }, { properties: { markdown: '#' } }];
    const DashboardBody = JSON.stringify({ widgets });
    const dashboard = { D: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody } } };
    expect(measured('metrics on a dashboard', dashboard)).toBe(2);
    expect(measured('widgets on a dashboard', dashboard)).toBe(2);
  });
});

test('the page of limits says what was measured (npm run generate)', () => {
  const page = readPage('docs/limits.md');
  expect(page).toBe(withParts(page, limitsParts(templates)));
});
