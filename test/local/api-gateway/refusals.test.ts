import { createLocalApi } from '../../../local/api-gateway/local-api';
import type { LocalRun } from '../../../local/local-run';
import { apigatewayDeployment } from '../../../local/resources/apigateway-deployment';
import { apigatewayMethod } from '../../../local/resources/apigateway-method';
import { apigatewayModel } from '../../../local/resources/apigateway-model';
import { apigatewayResource } from '../../../local/resources/apigateway-resource';
import { apigatewayRestApi } from '../../../local/resources/apigateway-rest-api';
import { apigatewayStage } from '../../../local/resources/apigateway-stage';
import { apigatewayUsagePlan } from '../../../local/resources/apigateway-usage-plan';
import type { ResourceType } from '../../../local/resources/resource-type';
import { anIntegration, create } from './helpers/an-event-api';

const run = { api: createLocalApi() } as unknown as LocalRun;
const RestApiId = create(run, apigatewayRestApi, 'Api', {});
const ResourceId = `${RestApiId}root`;

const METHOD = { RestApiId, ResourceId, HttpMethod: 'POST', AuthorizationType: 'NONE' };
const integration = (overrides: object) => anIntegration('publish-event', overrides as never);
const templates = (template: string) => integration({ RequestTemplates: { 'application/json': template } });

const REFUSED: [string, ResourceType, Record<string, unknown>, RegExp][] = [
  ['an OpenAPI body', apigatewayRestApi, { Body: {} }, /AWS::ApiGateway::RestApi X: Body is not supported/],
  ['a resource policy', apigatewayRestApi, { Policy: {} }, /Policy/],
  ['binary media types', apigatewayRestApi, { BinaryMediaTypes: ['*/*'] }, /BinaryMediaTypes/],
  ['a private endpoint', apigatewayRestApi, { EndpointConfiguration: { Types: ['PRIVATE'] } }, /Types\.0/],
  ['a path parameter', apigatewayResource, { RestApiId, ParentId: ResourceId, PathPart: '{id}' }, /PathPart/],
  ['a keyword of a later draft', apigatewayModel, { RestApiId, Schema: { const: 1 } }, /const/],
  ['a format', apigatewayModel, { RestApiId, Schema: { format: 'email' } }, /format/],
  [
    'an authorizer',
    apigatewayMethod,
    { ...METHOD, ...integration({}), AuthorizationType: 'CUSTOM' },
    /AuthorizationType/,
  ],
  ['ANY', apigatewayMethod, { ...METHOD, ...integration({}), HttpMethod: 'ANY' }, /HttpMethod/],
  [
    'a proxy integration',
    apigatewayMethod,
    { ...METHOD, ...integration({ Type: 'AWS_PROXY' }) },
    /Integration\.Type/,
  ],
  [
    'another service',
    apigatewayMethod,
    { ...METHOD, ...integration({ Uri: 'arn:aws:apigateway:us-east-1:sqs:path//' }) },
    /Integration\.Uri/,
  ],
  [
    'passthrough',
    apigatewayMethod,
    { ...METHOD, ...integration({ PassthroughBehavior: 'WHEN_NO_MATCH' }) },
    /PassthroughBehavior/,
  ],
  [
    'a mapped request header',
    apigatewayMethod,
    {
      ...METHOD,
      ...integration({ RequestParameters: { 'integration.request.header.A': 'method.request.header.A' } }),
    },
    /RequestParameters/,
  ],
  [
    'an undeclared status',
    apigatewayMethod,
    { ...METHOD, ...integration({}), MethodResponses: [{ StatusCode: '202' }] },
    /declares status 502/,
  ],
  [
    'two responses with one status',
    apigatewayMethod,
    { ...METHOD, ...integration({ IntegrationResponses: [{ StatusCode: '202' }, { StatusCode: '202' }] }) },
    /two integration responses with status 202/,
  ],
  [
    'an unclosed template',
    apigatewayMethod,
    { ...METHOD, ...templates('#if($context.stage)') },
    /needs its own #end/,
  ],
  [
    'an unknown function',
    apigatewayMethod,
    { ...METHOD, ...templates('$util.parseJson("")') },
    /\$util\.parseJson/,
  ],
  [
    'data trace',
    apigatewayStage,
    {
      RestApiId,
      DeploymentId: 'd',
      StageName: 's',
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', DataTraceEnabled: true }],
    },
    /DataTraceEnabled/,
  ],
  [
    'a cache',
    apigatewayStage,
    { RestApiId, DeploymentId: 'd', StageName: 's', CacheClusterEnabled: true },
    /CacheClusterEnabled/,
  ],
  [
    'the key in the access log',
    apigatewayStage,
    {
      RestApiId,
      DeploymentId: 'd',
      StageName: 's',
      AccessLogSetting: { DestinationArn: 'a', Format: '$context.identity.apiKey' },
    },
    /identity\.apiKey/,
  ],
  [
    'limits of one method',
    apigatewayUsagePlan,
    { ApiStages: [{ ApiId: RestApiId, Stage: 's', Throttle: { '/events/POST': {} } }] },
    /Throttle/,
  ],
];

test.each(REFUSED)('refuses %s by name', (_, type, properties, words) => {
  expect(() => create(run, type, 'X', properties)).toThrow(
    expect.objectContaining({ code: 'unsupported-property', message: expect.stringMatching(words) }),
  );
});

test('refuses a method that the deployment does not depend on, since its stage would not have it', () => {
  const other = { api: createLocalApi() } as unknown as LocalRun;
  const id = create(other, apigatewayRestApi, 'Api', {});
  create(other, apigatewayDeployment, 'Deployment', { RestApiId: id });
  const late = { ...METHOD, RestApiId: id, ResourceId: `${id}root`, ...integration({}) };
  expect(() => create(other, apigatewayMethod, 'Late', late)).toThrow(/does not depend on POST/);
});
