import { NO_VALUE, resolve, type Scope } from '../../../local/template/intrinsics';

const VALUES: Record<string, unknown> = {
  'AWS::Region': 'us-east-1',
  'AWS::NoValue': NO_VALUE,
  Queue: 'http://queue',
  Names: ['a', 'b'],
  Count: 3,
};
/** Placeholders of `Fn::Sub` look like those of JavaScript, which linters take for a mistake. */
const sub = (template: string) => template.replaceAll('#', '$');

const scope: Scope = {
  ref: (name) => VALUES[name],
  getAtt: (logicalId, attribute) => `${logicalId}/${attribute}`,
  condition: (name) => name === 'Yes',
  findInMap: (map, first, second) => `${map}.${first}.${second}`,
};

test.each([
  ['Ref', { Ref: 'Queue' }, 'http://queue'],
  ['GetAtt of two parts', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue/Arn'],
  ['GetAtt as text', { 'Fn::GetAtt': 'Stack.Outputs.Url' }, 'Stack/Outputs.Url'],
  ['Join', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Region' }, { Ref: 'Count' }]] }, 'arn:us-east-1:3'],
  ['Join of a list', { 'Fn::Join': ['-', { Ref: 'Names' }] }, 'a-b'],
  ['Sub', { 'Fn::Sub': sub('x-#{AWS::Region}-#{Queue.Arn}') }, 'x-us-east-1-Queue/Arn'],
  ['Sub with variables', { 'Fn::Sub': [sub('#{A}#{Queue}'), { A: { Ref: 'Count' } }] }, '3http://queue'],
  ['Sub with a literal', { 'Fn::Sub': sub('#{!AWS::Region}') }, sub('#{AWS::Region}')],
  ['Select', { 'Fn::Select': [1, { Ref: 'Names' }] }, 'b'],
  ['Select with the index as text', { 'Fn::Select': ['0', ['x']] }, 'x'],
  ['Split', { 'Fn::Split': ['/', 'a/b/c'] }, ['a', 'b', 'c']],
  ['Select of Split', { 'Fn::Select': [2, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'c'],
  ['If that holds', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
  ['If that does not', { 'Fn::If': ['No', 'then', { Ref: 'Queue' }] }, 'http://queue'],
  ['FindInMap', { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'key'] }, 'Map.us-east-1.key'],
])('%s', (_, value, expected) => {
  expect(resolve({ deep: [value] }, scope)).toEqual({ deep: [expected] });
});

test('NoValue leaves a property and a list entry out', () => {
  const none = { Ref: 'AWS::NoValue' };
  expect(resolve({ kept: 1, gone: none, list: [none, { 'Fn::If': ['No', 1, none] }, 2] }, scope)).toEqual({
    kept: 1,
    list: [2],
  });
});

test('an object that only looks like a function is left alone', () => {
  const policy = { Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Ref: 'a', Other: 'b' };
  expect(resolve(policy, scope)).toEqual(policy);
});

test.each([
  ['an unknown function', { 'Fn::ImportValue': 'x' }, 'template-unsupported'],
  ['Join of what is no list', { 'Fn::Join': [',', 'a'] }, 'template-invalid'],
  ['Select beyond the end', { 'Fn::Select': [5, ['a']] }, 'template-invalid'],
  ['GetAtt without an attribute', { 'Fn::GetAtt': 'Queue' }, 'template-invalid'],
  ['Sub of a list', { 'Fn::Sub': sub('#{Names}') }, 'template-invalid'],
])('rejects %s', (_, value, code) => {
  expect(() => resolve(value, scope)).toThrow(expect.objectContaining({ code }));
});
