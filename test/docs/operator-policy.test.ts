import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERY_KIND, INVITATIONS, synthesize } from '../lib/helpers/synthesize';
import { ROOT, readPage } from './helpers/markdown';

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const text = readPage('docs/operator-policy.json');
const statements = (JSON.parse(text) as { Statement: Statement[] }).Statement;
const actions = statements.flatMap(({ Action }) => [Action].flat());
// Its code is a team's own.
const { desk: _, ...systems } = EVERY_KIND;
const stacks = synthesize({ invitations: INVITATIONS, provisioningApi: {} }, systems);

const isSource = (file: string) => file.endsWith('.ts');
const sources = readdirSync(join(ROOT, 'cli'), { recursive: true, encoding: 'utf8' })
  .filter(isSource)
  .map((file) => readFileSync(join(ROOT, 'cli', file), 'utf8'));
/** Whatever is asked of AWS says so for whoever may not. */
const asked = new Set(
  sources.flatMap((source) =>
    [...source.matchAll(/'([a-z]+:[A-Z][A-Za-z]+)'/g)].map(([, action]) => String(action)),
  ),
);

/** A key that was made and could not be put to use. */
const TAKEN_BACK = 'apigateway:DELETE';
/** What tables, queues, topics and secrets do with their keys for whoever uses them. */
const ENCRYPTION = [
  ...['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*'],
  'kms:ReEncrypt*',
];

test('it has every call that the commands make, and no other', () => {
  expect(asked.size).toBeGreaterThan(20);
  expect(actions.toSorted()).toEqual([...asked, TAKEN_BACK, ...ENCRYPTION].toSorted());
});

test('keys of the data can be used through their services alone', () => {
  const reach = statements.filter(({ Action }) => [Action].flat().some((one) => ENCRYPTION.includes(one)));
  expect(reach.map(({ Condition }) => Object.keys(Condition?.StringLike ?? {}))).toEqual([
    ['kms:ViaService'],
  ]);
});

test.each([
  ['AWS::DynamoDB::GlobalTable', 'TableName'],
  ['AWS::SNS::Topic', 'TopicName'],
  ['AWS::Lambda::Function', 'FunctionName'],
])('what is found by the name of its stack has none of its own: %s', (type, name) => {
  const resources = stacks.all(type);
  expect(resources).not.toEqual([]);
  for (const [, { Properties }] of resources) expect(Properties[name]).toBeUndefined();
});

const TAGGED = ['AWS::SecretsManager::Secret', 'AWS::KMS::Key', 'AWS::SQS::Queue'];

test.each(TAGGED)('what is found by a tag has it: %s', (type) => {
  const wanted = statements.flatMap(({ Condition }) => Object.keys(Condition?.StringLike ?? {}));
  const tags = wanted.flatMap((key) => /^aws:ResourceTag\/(.+)$/.exec(key)?.[1] ?? []);
  expect(new Set(tags)).toEqual(new Set(['punctual:environment']));
  const resources = stacks.all(type);
  expect(resources).not.toEqual([]);
  for (const [, { Properties }] of resources)
    expect(Properties.Tags).toContainEqual({ Key: tags[0], Value: 'test' });
});

test('whatever can be bound to the stack is', () => {
  const everywhere = statements.filter(
    ({ Resource, Condition }) => Resource === '*' && Condition === undefined,
  );
  expect(everywhere.map(({ Sid }) => Sid)).toEqual(['LookAtTheAccount']);
  const arns = statements.flatMap(({ Resource }) => [Resource].flat()).filter((one) => one !== '*');
  for (const arn of arns) expect(arn).toMatch(/UserProvisioning-\*$|^arn:aws:apigateway:/);
});

test('fits into a managed policy', () => {
  expect(JSON.stringify(JSON.parse(text)).length).toBeLessThan(6_144);
});
