import type { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import {
  type ApiKey,
  AuthorizationType,
  EndpointType,
  type IModel,
  type IRestApi,
  type JsonSchema,
  type MethodOptions,
  Period,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import eventSchema from '../../events/schema/event.draft-04.json';
import type { EnvironmentConfiguration } from '../configuration';
import type { EventTopic } from '../event-topic';
import { addGatewayResponses } from './gateway-responses';
import { MEDIA_TYPES, METHOD_RESPONSES, publishIntegration } from './publish-integration';
import { addExecutionLog, stageLogs } from './stage-logs';

export interface EventApiProps {
  readonly eventTopic: EventTopic;
  readonly configuration: EnvironmentConfiguration;
  readonly removalPolicy: RemovalPolicy;
}

const STAGE_NAME = 'v1';
const WEBHOOK_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/** Accept: API Gateway validates, answers and publishes to the topic. No function runs on the way. */
export class EventApi extends Construct {
  readonly api: RestApi;
  readonly apiKey: ApiKey;

  constructor(scope: Construct, id: string, props: EventApiProps) {
    super(scope, id);
    this.api = this.createApi(props);
    const role = this.createPublishRole(props.eventTopic);
    this.addPostEvents(role);
    this.addGetStore(role, props.configuration.plainInterface.unsigned);
    addGatewayResponses(this.api);
    addExecutionLog(this.api, STAGE_NAME, props.removalPolicy);
    this.apiKey = this.createKey(props.configuration);
  }

  /** Gives the address of the API, with its trailing slash, as a stack output of this name. */
  outputUrlAs(name: string): void {
    const output = this.api.node.findChild('Endpoint') as CfnOutput;
    output.overrideLogicalId(name);
  }

  private createApi({ configuration, eventTopic, removalPolicy }: EventApiProps): RestApi {
    const { api, apiLogRole } = configuration;
    return new RestApi(this, 'Api', {
      description: 'Punctual: takes events and hands them on',
      endpointTypes: [api.endpoint === 'edge' ? EndpointType.EDGE : EndpointType.REGIONAL],
      // Taken away with one stack it would end the logs of every API in the account and region.
      cloudWatchRole: apiLogRole === 'create',
      ...(apiLogRole === 'create' && { cloudWatchRoleRemovalPolicy: removalPolicy }),
      deployOptions: {
        stageName: STAGE_NAME,
        variables: { eventTopicArn: eventTopic.topic.topicArn },
        throttlingRateLimit: api.throttle.ratePerSecond,
        throttlingBurstLimit: api.throttle.burst,
        ...stageLogs(this, removalPolicy),
      },
    });
  }

  private createPublishRole(eventTopic: EventTopic): Role {
    const role = new Role(this, 'PublishRole', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    });
    eventTopic.grantPublish(role);
    // A stage that is there before its role's policy answers the first calls with 500.
    this.api.deploymentStage.node.addDependency(role);
    return role;
  }

  private addPostEvents(role: Role): void {
    const model = this.addEventModel();
    this.api.root
      .addResource('events')
      .addMethod('POST', publishIntegration('publish-event', MEDIA_TYPES, role), {
        ...this.methodOptions(
          'PostEvents',
          WEBHOOK_HEADERS.map((name) => `header.${name}`),
        ),
        requestModels: Object.fromEntries(MEDIA_TYPES.map((mediaType) => [mediaType, model])),
      });
  }

  private addGetStore(role: Role, unsigned: boolean): void {
    const headers = unsigned ? [] : WEBHOOK_HEADERS.map((name) => `header.${name}`);
    const options = this.methodOptions(
      'GetStore',
      ['querystring.message', ...headers],
      ['querystring.topic', 'querystring.subject'],
    );
    // A GET without a Content-Type counts as application/json.
    const integration = publishIntegration('publish-store', ['application/json'], role);
    this.api.root.addResource('store').addMethod('GET', integration, options);
  }

  private methodOptions(id: string, required: string[], optional: string[] = []): MethodOptions {
    return {
      apiKeyRequired: true,
      authorizationType: AuthorizationType.NONE,
      requestValidator: this.api.addRequestValidator(`${id}Validator`, {
        validateRequestParameters: true,
        validateRequestBody: true,
      }),
      requestParameters: {
        ...Object.fromEntries(required.map((name) => [`method.request.${name}`, true])),
        ...Object.fromEntries(optional.map((name) => [`method.request.${name}`, false])),
      },
      methodResponses: METHOD_RESPONSES,
    };
  }

  private addEventModel(): IModel {
    const { $schema: _, ...schema } = eventSchema;
    return this.api.addModel('EventModel', {
      contentType: 'application/json',
      description: 'An event as events/schema/event.schema.json describes it',
      schema: schema as JsonSchema,
    });
  }

  private createKey({ api }: EnvironmentConfiguration): ApiKey {
    const key = this.api.addApiKey('Key') as ApiKey;
    const plan = this.api.addUsagePlan('UsagePlan', {
      throttle: { rateLimit: api.throttle.ratePerSecond, burstLimit: api.throttle.burst },
      ...(api.quota !== undefined && { quota: { limit: api.quota.limit, period: Period[api.quota.period] } }),
      apiStages: [{ api: this.api as IRestApi, stage: this.api.deploymentStage }],
    });
    plan.addApiKey(key);
    return key;
  }
}
