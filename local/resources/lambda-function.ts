import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readProperties, refuseResource, whole, words } from '../api-gateway/read-properties';
import type { LocalRun } from '../local-run';
import { arn } from './arn';
import type { ResolvedResource, ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  FunctionName: z.string().max(64).optional(),
  Handler: z.string(),
  Runtime: z.string().regex(/^nodejs/),
  Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).optional() }).optional(),
  Timeout: whole.default(3),
  MemorySize: whole.default(128),
  ReservedConcurrentExecutions: whole.optional(),
  Role: z.string(),
  Architectures: words,
  Description: words,
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).optional(),
  TracingConfig: words,
  Tags: words,
});
const SYSTEM = z.object({ name: z.string(), kind: z.string(), module: z.exactOptional(z.string()) });
/** Metadata that says which system a connector serves. */
const SYSTEM_METADATA = 'punctual:system';

export const lambdaFunction: ResourceType = {
  type: 'AWS::Lambda::Function',
  support:
    'supported: Node.js bundles in threads with their own environment, time-outs, reuse of instances, reserved concurrency. Approximated: the Node.js of this machine whatever the runtime, of memory only the heap is bounded, no freezing, logs are files. Refused: layers, VPC, file systems',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const physicalName = properties.FunctionName ?? resource.physicalName;
    const system = SYSTEM.safeParse(resource.metadata[SYSTEM_METADATA]).data;
    const functionArn = arn('lambda', `function:${physicalName}`);
    const { logicalId, stackPath } = resource;
    const name = system?.name ?? logicalId;
    const logGroup = properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${physicalName}`;
    run.iam.callers.addFunction(name, properties.Role, physicalName);
    run.functions.add({
      name,
      logGroup,
      arn: functionArn,
      physicalName,
      logicalId,
      stackPath,
      environment: properties.Environment?.Variables ?? {},
      timeoutMs: properties.Timeout * 1000,
      memoryMb: properties.MemorySize,
      ...(properties.ReservedConcurrentExecutions !== undefined && {
        reservedConcurrency: properties.ReservedConcurrentExecutions,
      }),
      ...(system && { system }),
      ...handlerOf(resource, properties, run),
    });
    run.cloudwatch.filters.connect(logGroup, name);
    return { ref: physicalName, attributes: { Arn: functionArn } };
  },
};

type Properties = z.output<typeof PROPERTIES>;

function handlerOf(resource: ResolvedResource, { Code, Handler }: Properties, run: LocalRun) {
  const directory = run.asset(Code.S3Bucket, Code.S3Key);
  if (!directory) return refuseResource(resource, `its code ${Code.S3Key} is no asset of the assembly`);
  const [, file = '', handlerName = ''] = /^(.+)\.([^.]+)$/.exec(Handler) ?? [];
  const handlerFile = ['mjs', 'js', 'cjs']
    .map((ending) => join(directory, `${file}.${ending}`))
    .find(existsSync);
  if (!handlerFile) return refuseResource(resource, `its code holds no ${file}.mjs, .js or .cjs`);
  return { handlerFile, handlerName };
}
