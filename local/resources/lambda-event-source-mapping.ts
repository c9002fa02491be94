import * as z from 'zod';
import { flag, readProperties, refuseResource, whole, words } from '../api-gateway/read-properties';
import { compilePattern, type Pattern } from '../aws/pattern/pattern';
import { PatternError } from '../aws/pattern/pattern-error';
import type { FunctionSpec } from '../functions/function-spec';
import type { Mapping } from '../functions/mapping';
import { createSqsMapping } from '../functions/sqs/sqs-mapping';
import { createStreamMapping } from '../functions/stream/stream-mapping';
import type { LocalRun } from '../local-run';
import type { ResolvedResource, ResourceType } from './resource-type';

const COMMON = {
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  MaximumBatchingWindowInSeconds: whole.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  Enabled: z.literal(true).optional(),
  MetricsConfig: words,
  Tags: words,
};
const FROM_QUEUE = z.strictObject({
  ...COMMON,
  BatchSize: whole.default(10),
  ScalingConfig: z.strictObject({ MaximumConcurrency: whole.min(2).max(1000) }).optional(),
});
const FROM_STREAM = z.strictObject({
  ...COMMON,
  BatchSize: whole.default(100),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BisectBatchOnFunctionError: flag.default(false),
  MaximumRetryAttempts: z.coerce.number().int().min(-1).default(-1),
  MaximumRecordAgeInSeconds: z.coerce.number().int().min(-1).default(-1),
  ParallelizationFactor: z.literal(1).optional(),
  DestinationConfig: z
    .strictObject({ OnFailure: z.strictObject({ Destination: z.string().regex(/^arn:aws:sqs:/) }) })
    .optional(),
  FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
});
/** AWS would go up to 1000; this machine has a few cores. */
const CONCURRENCY_WITHOUT_LIMIT = 10;
/** A stream keeps its records for a day. */
const STREAM_RETENTION_SECONDS = 86_400;

export const lambdaEventSourceMapping: ResourceType = {
  type: 'AWS::Lambda::EventSourceMapping',
  support:
    'supported: queues (batches, windows, partial responses, `MaximumConcurrency`) and table streams (order per shard, filters, bisecting, retries, record age, partial responses, on-failure queue). Approximated: two shards per stream, 10 at once where no limit is set. Refused: other sources, filters on queues, `ParallelizationFactor`, tumbling windows, provisioned pollers',
  properties: [...new Set([...Object.keys(FROM_QUEUE.shape), ...Object.keys(FROM_STREAM.shape)])],
  create(resource, run) {
    const source = String(resource.properties.EventSourceArn);
    const create = source.startsWith('arn:aws:sqs:')
      ? fromQueue
      : source.includes('/stream/')
        ? fromStream
        : undefined;
    if (!create) return refuseResource(resource, `the source ${source} is no queue and no table's stream`);
    run.functions.addMapping(create(resource, run));
    return { ref: resource.physicalName, attributes: { Id: resource.physicalName } };
  },
};

function fromQueue(resource: ResolvedResource, run: LocalRun): Mapping {
  const properties = readProperties(resource, FROM_QUEUE);
  const { name } = functionOf(resource, properties.FunctionName, run);
  const windowMs = properties.MaximumBatchingWindowInSeconds * 1000;
  if (properties.BatchSize > 10 && windowMs === 0)
    refuseResource(resource, 'a batch of more than 10 needs a window');
  const settings = {
    functionName: name,
    queueArn: properties.EventSourceArn,
    batchSize: properties.BatchSize,
    windowMs,
    maximumConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? CONCURRENCY_WITHOUT_LIMIT,
    reportsFailures: properties.FunctionResponseTypes.length > 0,
  };
  return createSqsMapping(settings, {
    door: run.frontDoor,
    clock: run.clock,
    takeSeat: () => run.functions.takeSeat(name),
    mayMeasure: () => run.iam.lambda.mayMeasureQueue(name, settings.queueArn),
  });
}

function fromStream(resource: ResolvedResource, run: LocalRun): Mapping {
  const properties = readProperties(resource, FROM_STREAM);
  const spec = functionOf(resource, properties.FunctionName, run);
  const stream = run.tables.list().find((table) => table.stream?.arn === properties.EventSourceArn)?.stream;
  if (!stream) return refuseResource(resource, `no table has the stream ${properties.EventSourceArn}`);
  const failureQueueArn = properties.DestinationConfig?.OnFailure.Destination;
  const settings = {
    streamArn: stream.arn,
    viewType: stream.viewType,
    functionArn: spec.arn,
    functionName: spec.name,
    batchSize: properties.BatchSize,
    windowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    maximumRetries: orUnlimited(properties.MaximumRetryAttempts),
    maximumAgeSeconds: Math.min(STREAM_RETENTION_SECONDS, orUnlimited(properties.MaximumRecordAgeInSeconds)),
    bisects: properties.BisectBatchOnFunctionError,
    reportsFailures: properties.FunctionResponseTypes.length > 0,
    filters: (properties.FilterCriteria?.Filters ?? []).map(({ Pattern }) => patternOf(resource, Pattern)),
    ...(failureQueueArn !== undefined && { failureQueueArn }),
  };
  return createStreamMapping(settings, {
    door: run.frontDoor,
    clock: run.clock,
    takeSeat: () => run.functions.takeSeat(spec.name),
    mayRead: () => run.iam.lambda.mayReadStream(spec.name, stream.arn),
    onChange: (listener) => run.tables.onChange(stream.arn, listener),
    onIteration: (ageMs) => run.cloudwatch.services.iterated(spec.physicalName, ageMs),
  });
}

function functionOf(resource: ResolvedResource, name: string, run: LocalRun): FunctionSpec {
  return run.functions.find(name) ?? refuseResource(resource, `the function ${name} is not in this run`);
}

function patternOf(resource: ResolvedResource, json: string): Pattern {
  try {
    return compilePattern(JSON.parse(json));
  } catch (error) {
    if (error instanceof PatternError || error instanceof SyntaxError)
      return refuseResource(resource, `filter: ${error.message}`);
    throw error;
  }
}

function orUnlimited(value: number): number {
  return value < 0 ? Number.POSITIVE_INFINITY : value;
}
