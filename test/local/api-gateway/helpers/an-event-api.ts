import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ThrottleDefinition } from '../../../../local/api-gateway/definitions';
import { createLocalApi, type LocalApi } from '../../../../local/api-gateway/local-api';
import type { DoorAnswer, DoorRequest } from '../../../../local/aws/front-door';
import type { Clock } from '../../../../local/clock';
import { CloudWatch } from '../../../../local/cloudwatch/cloudwatch';
import { planPorts } from '../../../../local/listen';
import type { LocalRun } from '../../../../local/local-run';
import { apigatewayApiKey } from '../../../../local/resources/apigateway-api-key';
import { apigatewayDeployment } from '../../../../local/resources/apigateway-deployment';
import { apigatewayGatewayResponse } from '../../../../local/resources/apigateway-gateway-response';
import { apigatewayMethod } from '../../../../local/resources/apigateway-method';
import { apigatewayModel } from '../../../../local/resources/apigateway-model';
import { apigatewayRequestValidator } from '../../../../local/resources/apigateway-request-validator';
import { apigatewayResource } from '../../../../local/resources/apigateway-resource';
import { apigatewayRestApi } from '../../../../local/resources/apigateway-rest-api';
import { apigatewayStage } from '../../../../local/resources/apigateway-stage';
import { apigatewayUsagePlan } from '../../../../local/resources/apigateway-usage-plan';
import { apigatewayUsagePlanKey } from '../../../../local/resources/apigateway-usage-plan-key';
import type { ResourceType } from '../../../../local/resources/resource-type';

export const API_KEY = 'key-of-twenty-characters';
export const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:Events';

export interface EventApi {
  /** Address of the stage, with its trailing slash. */
  readonly url: string;
  /** All APIs of the run. */
  readonly apis: LocalApi;
  /** What reached SNS. */
  readonly published: { readonly form: URLSearchParams; readonly raw: DoorRequest; readonly role: string }[];
  readonly accessLog: string[];
  readonly executionLog: string[];
  readonly cloudwatch: CloudWatch;
  now: number;
  answer: Partial<DoorAnswer> | Promise<never>;
  close(): Promise<void>;
}

export interface EventApiOptions {
  readonly usagePlan?: Record<string, unknown>;
  readonly stage?: Record<string, unknown>;
  readonly gatewayResponses?: readonly Record<string, unknown>[];
  readonly keyInPlan?: boolean;
  /** Of all APIs together. @default that of AWS */
  readonly accountLimit?: ThrottleDefinition;
  /** @default 5000 */
  readonly timeoutMs?: number;
}

/** An API like ours, with our own mapping templates, in front of an SNS that only takes notes. */
export async function startEventApi(options: EventApiOptions = {}): Promise<EventApi> {
  const api = createLocalApi(options.accountLimit);
  const state = { published: [], accessLog: [], executionLog: [], now: Date.parse('2026-11-20T09:00:00Z') };
  const eventApi = { ...state, answer: {}, url: '', close: () => api.stop() } as unknown as EventApi;
  Object.assign(eventApi, { cloudwatch: new CloudWatch(clockOf(eventApi)) });
  const run = fakeRun(api, eventApi);
  defineApi(run, options);
  await api.start(run);
  return Object.assign(eventApi, { apis: api, url: `${api.url}/v1/` });
}

function clockOf(eventApi: EventApi): Clock {
  return { now: () => eventApi.now, scale: 1, startedAt: 0, realDelayMs: (ms) => ms };
}

function fakeRun(api: LocalApi, eventApi: EventApi): LocalRun {
  const logs: Record<string, string[]> = {
    'api-access': eventApi.accessLog,
    'api-execution': eventApi.executionLog,
  };
  const request = async (raw: DoorRequest, role: string): Promise<DoorAnswer> => {
    eventApi.published.push({ form: new URLSearchParams(raw.body), raw, role });
    const body = JSON.stringify({ PublishResponse: { PublishResult: { MessageId: 'm-1' } } });
    return { status: 200, headers: {}, body, ...(await eventApi.answer) };
  };
  return {
    api,
    account: '000000000000',
    region: 'us-east-1',
    ports: planPorts(),
    clock: clockOf(eventApi),
    cloudwatch: eventApi.cloudwatch,
    frontDoor: { request },
    iam: { api: { mayAssume: () => true, mayLog: () => true } },
    log: { write: (source: string, line: string) => logs[source]?.push(line) },
  } as unknown as LocalRun;
}

/** Creates one resource of a type as the runner would. */
export function create(
  run: LocalRun,
  type: ResourceType,
  logicalId: string,
  properties: Record<string, unknown>,
): string {
  const names = {
    logicalId,
    stackPath: '',
    type: type.type,
    metadata: {},
    physicalName: `Stack-${logicalId}`,
  };
  const created = type.create({ ...names, properties }, run);
  if (created instanceof Promise) throw new Error('API Gateway resources are created at once');
  return created.ref;
}

const MODEL = {
  type: 'object',
  required: ['type'],
  properties: { type: { type: 'string', maxLength: 64 }, data: { type: 'object', maxProperties: 3 } },
};

const WEBHOOK = Object.fromEntries(
  ['id', 'timestamp', 'signature'].map((name) => [`method.request.header.webhook-${name}`, true]),
);

function defineApi(run: LocalRun, options: EventApiOptions): void {
  const RestApiId = create(run, apigatewayRestApi, 'Api', { Name: 'api' });
  create(run, apigatewayModel, 'Model', { RestApiId, Name: 'Event', Schema: MODEL });
  const RequestValidatorId = create(run, apigatewayRequestValidator, 'Validator', {
    ...{ RestApiId, ValidateRequestBody: true, ValidateRequestParameters: true },
  });
  const timeout = options.timeoutMs === undefined ? {} : { TimeoutInMillis: options.timeoutMs };
  const common = { RestApiId, RequestValidatorId, ApiKeyRequired: true, AuthorizationType: 'NONE' };
  const resource = (PathPart: string) =>
    create(run, apigatewayResource, PathPart, { RestApiId, ParentId: `${RestApiId}root`, PathPart });
  create(run, apigatewayMethod, 'PostEvents', {
    ...{ ...common, HttpMethod: 'POST', ResourceId: resource('events'), RequestParameters: WEBHOOK },
    ...{ RequestModels: { 'application/json': 'Event' }, ...anIntegration('publish-event', timeout) },
  });
  create(run, apigatewayMethod, 'GetStore', {
    ...{ ...common, HttpMethod: 'GET', ResourceId: resource('store') },
    ...{ RequestParameters: { 'method.request.querystring.message': true } },
    ...anIntegration('publish-store'),
  });
  options.gatewayResponses?.forEach((response, index) => {
    create(run, apigatewayGatewayResponse, `Response${index}`, { RestApiId, ...response });
  });
  const DeploymentId = create(run, apigatewayDeployment, 'Deployment', { RestApiId });
  const stage = { RestApiId, DeploymentId, StageName: 'v1', Variables: { eventTopicArn: TOPIC_ARN } };
  create(run, apigatewayStage, 'Stage', { ...stage, ...options.stage });
  defineKey(run, RestApiId, options);
}

function defineKey(run: LocalRun, ApiId: string, options: EventApiOptions): void {
  const KeyId = create(run, apigatewayApiKey, 'Key', { Enabled: true, Value: API_KEY });
  const ApiStages = [{ ApiId, Stage: 'v1' }];
  const UsagePlanId = create(run, apigatewayUsagePlan, 'Plan', { ApiStages, ...options.usagePlan });
  if (options.keyInPlan === false) return;
  create(run, apigatewayUsagePlanKey, 'PlanKey', { UsagePlanId, KeyId, KeyType: 'API_KEY' });
}

/** Our own templates around an integration with SNS; `overrides` replace parts of the integration. */
export function anIntegration(template: string, overrides: Record<string, unknown> = {}): object {
  const text = (name: string) =>
    readFileSync(join(__dirname, `../../../../lib/event-api/${name}.vtl`), 'utf8');
  const answer = (StatusCode: string, name: string, SelectionPattern?: string) => ({
    ...{ StatusCode, ResponseTemplates: { 'application/json': text(name) } },
    ...(SelectionPattern === undefined ? {} : { SelectionPattern }),
  });
  const Integration = {
    ...{ Type: 'AWS', IntegrationHttpMethod: 'POST', PassthroughBehavior: 'NEVER', TimeoutInMillis: 5_000 },
    Uri: 'arn:aws:apigateway:us-east-1:sns:path//',
    Credentials: 'arn:aws:iam::000000000000:role/PublishRole',
    RequestParameters: {
      'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'",
    },
    RequestTemplates: { 'application/json': text('read-webhook-headers') + text(template) },
    IntegrationResponses: [answer('202', 'accepted', '2\\d{2}'), answer('502', 'refused')],
    ...overrides,
  };
  return { Integration, MethodResponses: [{ StatusCode: '202' }, { StatusCode: '502' }] };
}
