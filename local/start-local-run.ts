import { createApigatewayService } from './aws/apigateway/apigateway-service';
import {
  createCloudformationService,
  type StackDescription,
} from './aws/cloudformation/cloudformation-service';
import { createCloudwatchService } from './aws/cloudwatch/cloudwatch-service';
import { createDynamodbService } from './aws/dynamodb/dynamodb-service';
import { TableRegistry } from './aws/dynamodb/tables';
import { createEventBuses } from './aws/events/event-buses';
import { createEventsService } from './aws/events/events-service';
import { createExecuteApiService } from './aws/execute-api/execute-api-service';
import { openFauxqs } from './aws/fauxqs';
import { type FrontDoor, openFrontDoor } from './aws/front-door';
import { createKmsService } from './aws/kms/kms-service';
import { createLambdaService } from './aws/lambda/lambda-service';
import { QueueRegistry } from './aws/queues';
import { createSecretsService } from './aws/secrets/secrets-service';
import { ConfigurationSets } from './aws/ses/configuration-sets';
import { createSesService } from './aws/ses/ses-service';
import { createSnsService } from './aws/sns/sns-service';
import { createSqsService } from './aws/sqs/sqs-service';
import { createStsService } from './aws/sts/sts-service';
import { CloudWatch } from './cloudwatch/cloudwatch';
import { atPlaces } from './functions/browser-places';
import { FunctionRegistry } from './functions/functions';
import { AccessControl } from './iam/access-control';
import type { LocalRun, LocalRunOptions, RunResource } from './local-run';
import { Outbox } from './mail/outbox';
import { withLocalAddresses } from './outputs';
import { RESOURCE_TYPES } from './resources';
import { openRunLog } from './run-log';
import { allTemplates } from './template/all-templates';
import { type Assembly, loadAssembly } from './template/assembly';
import { checkSupport } from './template/check-support';
import { type CreateResource, createStack } from './template/create-stack';
import { ACCOUNT, PSEUDO_TEXTS, REGION } from './template/pseudo-parameters';
import { nestedTemplate } from './template/template-url';

/**
 * Creates everything the template describes, starts what other modules plug in, and lets functions run.
 * Fails before it creates anything when the template holds what the local run does not know.
 */
export async function startLocalRun(options: LocalRunOptions): Promise<LocalRun> {
  const assembly = loadAssembly(options.assembly, PSEUDO_TEXTS, options.stack);
  checkSupport(allTemplates(assembly), RESOURCE_TYPES);
  const run = await openRun(options, assembly);
  try {
    await createAll(run, assembly);
    await options.remotes.start(run);
    await options.api.start(run);
    // What the creation of resources called is nobody's bill.
    run.frontDoor.calls.reset();
    startCloudwatch(run);
    run.functions.start();
    return run;
  } catch (error) {
    await run.stop();
    throw error;
  }
}

/** Resources, outputs and nested stacks come while the run is being made. */
type MutableRun = LocalRun & { resources: RunResource[]; outputs: Record<string, string> };

async function openRun(options: LocalRunOptions, assembly: Assembly): Promise<MutableRun> {
  const { ports, clock, api, remotes } = options;
  let run: MutableRun | undefined;
  const parts = await openParts(options, () => describeStack(run, assembly.stackName, clock.startedAt));
  run = {
    ...{ stackName: assembly.stackName, account: ACCOUNT, region: REGION, resources: [], outputs: {} },
    ...{ clock, ports, api, remotes, ...parts },
    asset: assembly.asset,
    createNestedStack: async () => ({}),
    restartCompute: () => parts.functions.killAll(),
    stop: async () => {
      parts.cloudwatch.stop();
      await parts.functions.stop();
      await Promise.all([api.stop(), remotes.stop()]);
      await parts.frontDoor.close();
      await parts.log.close();
    },
  };
  return run;
}

function describeStack(run: LocalRun | undefined, name: string, createdAt: number): StackDescription {
  return { name, createdAt, outputs: run === undefined ? {} : withLocalAddresses(run) };
}

type Parts = Pick<
  LocalRun,
  | 'frontDoor'
  | 'functions'
  | 'tables'
  | 'queues'
  | 'buses'
  | 'configurationSets'
  | 'cloudwatch'
  | 'outbox'
  | 'log'
  | 'iam'
>;

async function openParts(
  { ports, clock, api, remotes, logDirectory, places }: LocalRunOptions,
  stack: () => StackDescription,
): Promise<Parts> {
  const log = openRunLog(logDirectory);
  const iam = new AccessControl(log);
  const fauxqs = await openFauxqs();
  const tables = new TableRegistry();
  const buses = createEventBuses();
  const configurationSets = new ConfigurationSets();
  const cloudwatch = new CloudWatch(clock);
  const outbox = new Outbox(clock, log);
  const { services: measured } = cloudwatch;
  const door = (): FrontDoor => frontDoor;
  const functions = new FunctionRegistry({
    ...{ clock, log, door, measured, permits: iam.lambda },
    origins: () => ({ ...remotes.originMap(), ...api.originMap() }),
    localize: (value, name) => {
      const local = api.localize(value);
      return places === undefined ? local : atPlaces(places, name, local);
    },
  });
  const frontDoor = await openFrontDoor({
    port: ports.next(),
    kill: (caller) => void functions.kill(caller),
    authorize: iam.authorize,
    clock,
    services: async (inner) => ({
      sqs: createSqsService(fauxqs, clock, inner.url, iam.setPolicy),
      sns: createSnsService({ fauxqs, clock, door: inner, log, outbox, measured }),
      apigateway: createApigatewayService(api.keys, clock),
      cloudformation: createCloudformationService(stack),
      cloudwatch: createCloudwatchService(cloudwatch.alarms),
      dynamodb: createDynamodbService(tables.committed),
      events: createEventsService({ buses, mayEncrypt: iam.mayBusEncrypt }),
      'execute-api': createExecuteApiService(api),
      kms: createKmsService(),
      lambda: createLambdaService(functions),
      secretsmanager: createSecretsService(clock, remotes.secretChanged),
      ses: createSesService({ sets: configurationSets, outbox, door: inner, log }),
      sts: createStsService({
        takeOn: (role) => (iam.callers.addOther(role) ? door().credentialsFor(role) : undefined),
        now: clock.now,
      }),
    }),
  });
  const queues = new QueueRegistry(fauxqs, clock);
  return { frontDoor, functions, tables, queues, buses, configurationSets, cloudwatch, outbox, log, iam };
}

function startCloudwatch({ cloudwatch, log, frontDoor, functions, queues }: LocalRun): void {
  cloudwatch.start({
    log,
    door: frontDoor,
    functions: functions.list().map(({ name }) => name),
    queues: () => queues.samples(),
  });
}

async function createAll(run: MutableRun, assembly: Assembly): Promise<void> {
  const { stackName } = assembly;
  const create: CreateResource = async (type, resource) => {
    const created = await type.create(resource, run);
    run.resources.push({ ...resource, ...created });
    return created;
  };
  run.createNestedStack = ({ stackPath: parent, logicalId, physicalName }, templateUrl, parameters) => {
    const stackPath = parent ? `${parent}/${logicalId}` : logicalId;
    const stack = {
      template: nestedTemplate(assembly, templateUrl),
      stackName,
      stackPath,
      ownName: physicalName,
      parameters,
    };
    return createStack(stack, RESOURCE_TYPES, create);
  };
  const root = { template: assembly.template, stackName, stackPath: '', ownName: stackName, parameters: {} };
  run.outputs = await createStack(root, RESOURCE_TYPES, create);
}
