import { only, type Resource, synthesize } from './helpers/synthesize';

const stacks = synthesize();
const groups = stacks.all('AWS::Logs::LogGroup');
const named = new Set(groups.map(([name]) => name));

/** The log groups that `value` refers to, as `<stack> <logical id>`. */
function groupsIn(stack: string, value: unknown): string[] {
  const references = JSON.stringify(value ?? '').matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g);
  return [...references].map(([, id]) => `${stack} ${id}`).filter((name) => named.has(name));
}

test('every log ends', () => {
  expect(groups).not.toEqual([]);
  for (const [name, { Properties }] of groups) {
    expect([name, Properties.RetentionInDays]).toEqual([name, expect.any(Number)]);
  }
});

test('every function logs into a group of the template, and never into one that Lambda would make for ever', () => {
  const functions = stacks.all('AWS::Lambda::Function');
  expect(functions).not.toEqual([]);
  for (const [name, { Properties }] of functions) {
    const { LogGroup } = (Properties.LoggingConfig ?? {}) as { LogGroup?: unknown };
    expect([name, groupsIn(name.split(' ')[0] ?? '', LogGroup)]).toEqual([name, [expect.any(String)]]);
  }
});

test('the API logs its calls and its errors into groups of the template', () => {
  const stage = only(stacks.root.findResources('AWS::ApiGateway::Stage')) as Resource;
  expect(groupsIn('root', stage.Properties.AccessLogSetting)).toHaveLength(1);
  const fixed = groups.filter(([, { Properties }]) => Properties.LogGroupName !== undefined);
  expect(JSON.stringify(fixed)).toContain('API-Gateway-Execution-Logs_');
  expect(stage.DependsOn).toContain(fixed[0]?.[0].split(' ')[1]);
});
