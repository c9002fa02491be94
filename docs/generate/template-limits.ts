import { LARGEST_ENVIRONMENT_BYTES } from '../../lib/validation/environment-size';
import { resolvedText } from '../../lib/validation/resolved-text';
import {
  bytesOf,
  combinationsOf,
  count,
  each,
  environmentOf,
  filters,
  inlinePolicyOf,
  keysOf,
  metricsOf,
  ofType,
  statementsOf,
  sum,
  widgetsOf,
} from './find-in-template';
import type { SizedTemplate } from './synthesize-templates';

/** The largest of what was found, and in which template. */
export interface Measurement {
  readonly value: number;
  readonly where: string;
}

/** Something that AWS counts in a template or in a resource, and refuses above a number. */
export interface TemplateLimit {
  readonly what: string;
  readonly limit: number;
  /** @default - a count */
  readonly unit?: 'bytes' | 'characters';
  /** What AWS would count, in each place. */
  readonly find: (template: SizedTemplate) => readonly number[];
}

const POLICY = 'policy of a queue';

/** Every limit that a stack of many or large systems could meet when it is deployed. */
export const TEMPLATE_LIMITS: readonly TemplateLimit[] = [
  { what: 'resources in a template', limit: 500, find: ({ resources }) => count(resources) },
  { what: 'outputs of a template', limit: 200, find: ({ outputs }) => count(outputs) },
  { what: 'parameters of a template', limit: 200, find: ({ parameters }) => count(parameters) },
  { what: 'size of a template', limit: 1_000_000, unit: 'bytes', find: ({ bytes }) => [bytes] },
  {
    what: 'length of a logical id',
    limit: 255,
    unit: 'characters',
    find: ({ resources }) => Object.keys(resources).map((id) => id.length),
  },
  {
    what: 'tags on a resource',
    limit: 50,
    find: ({ resources }) =>
      // A list, or an object where the service is newer.
      Object.values(resources).map(({ Properties }) => Object.keys(Properties?.Tags ?? {}).length),
  },
  {
    what: 'filter policies on a topic',
    limit: 200,
    // Each system has one in a template of its own.
    find: ({ resources }) => [ofType(resources, 'AWS::CloudFormation::Stack').length + 1],
  },
  { what: 'keys in a filter policy', limit: 5, find: filters(keysOf) },
  { what: 'combinations in a filter policy', limit: 150, find: filters(combinationsOf) },
  { what: 'size of a filter policy', limit: 256_000, unit: 'bytes', find: filters(bytesOf) },
  {
    what: 'policy of a topic',
    limit: 30_720,
    unit: 'bytes',
    find: each('AWS::SNS::TopicPolicy', ({ PolicyDocument }) => bytesOf(PolicyDocument)),
  },
  {
    what: 'name of a queue',
    limit: 80,
    unit: 'characters',
    find: each('AWS::SQS::Queue', ({ QueueName = '' }) => resolvedText(QueueName).length),
  },
  {
    what: POLICY,
    limit: 8_192,
    unit: 'bytes',
    find: each('AWS::SQS::QueuePolicy', ({ PolicyDocument }) => bytesOf(PolicyDocument)),
  },
  {
    what: `statements in the ${POLICY}`,
    limit: 20,
    find: each('AWS::SQS::QueuePolicy', ({ PolicyDocument }) => statementsOf(PolicyDocument)),
  },
  {
    what: 'policy of a key',
    limit: 32_768,
    unit: 'bytes',
    find: each('AWS::KMS::Key', ({ KeyPolicy }) => bytesOf(KeyPolicy)),
  },
  { what: 'inline policies of a role', limit: 10_240, unit: 'characters', find: inlinePolicyOf },
  {
    what: 'environment of a function',
    limit: LARGEST_ENVIRONMENT_BYTES,
    unit: 'bytes',
    find: each('AWS::Lambda::Function', environmentOf),
  },
  {
    what: 'description of a function',
    limit: 256,
    unit: 'characters',
    find: each('AWS::Lambda::Function', ({ Description = '' }) => resolvedText(Description).length),
  },
  {
    what: 'filters on a stream',
    limit: 5,
    find: each('AWS::Lambda::EventSourceMapping', ({ FilterCriteria }) => {
      return ((FilterCriteria as { Filters?: unknown[] } | undefined)?.Filters ?? []).length;
    }),
  },
  {
    what: 'name of an alarm',
    limit: 255,
    unit: 'characters',
    find: each('AWS::CloudWatch::Alarm', ({ AlarmName = '' }) => resolvedText(AlarmName).length),
  },
  {
    what: 'description of an alarm',
    limit: 1_024,
    unit: 'characters',
    find: each(
      'AWS::CloudWatch::Alarm',
      ({ AlarmDescription = '' }) => resolvedText(AlarmDescription).length,
    ),
  },
  {
    what: 'widgets on a dashboard',
    limit: 500,
    find: each('AWS::CloudWatch::Dashboard', (properties) => widgetsOf(properties).length),
  },
  {
    what: 'metrics in a widget',
    limit: 500,
    find: each('AWS::CloudWatch::Dashboard', (properties) =>
      Math.max(...widgetsOf(properties).map(metricsOf)),
    ),
  },
  {
    what: 'metrics on a dashboard',
    limit: 2_500,
    find: each('AWS::CloudWatch::Dashboard', (properties) =>
      widgetsOf(properties).map(metricsOf).reduce(sum, 0),
    ),
  },
  {
    what: 'description of a secret',
    limit: 2_048,
    unit: 'characters',
    find: each('AWS::SecretsManager::Secret', ({ Description = '' }) => resolvedText(Description).length),
  },
];

/** The largest that `templates` come to, or nothing when none has anything of the sort. */
export function measure(
  { find }: TemplateLimit,
  templates: readonly SizedTemplate[],
): Measurement | undefined {
  const found = templates.flatMap((template) =>
    find(template).map((value) => ({ value, where: template.name })),
  );
  return found.toSorted((one, other) => other.value - one.value)[0];
}
