import { type CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  ApiKey,
  EndpointType,
  type IRestApi,
  Period,
  RestApi,
  type Stage,
  type UsagePlan,
} from 'aws-cdk-lib/aws-apigateway';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { EnvironmentConfiguration } from '../configuration';
import type { EventTopic } from '../event-topic';
import type { StageProps } from '../stage-props';
import { addEventApiAlarms } from './event-api-alarms';
import { addEventRoutes } from './event-routes';
import { addGatewayResponses } from './gateway-responses';
import { addExecutionLog, createAccessLog, stageLogs } from './stage-logs';

export interface EventApiProps extends StageProps {
  readonly eventTopic: EventTopic;
  readonly configuration: EnvironmentConfiguration;
}

const STAGE_NAME = 'v1';

/** Accept: API Gateway validates, answers and publishes to the topic. No function runs on the way. */
export class EventApi extends Construct {
  readonly apiKey: ApiKey;
  readonly usagePlan: UsagePlan;
  private readonly api: RestApi;

  constructor(scope: Construct, id: string, props: EventApiProps) {
    super(scope, id);
    const accessLog = createAccessLog(this, props.removalPolicy);
    this.api = this.createApi(props, accessLog);
    addEventRoutes(this.api, {
      role: this.createPublishRole(props.eventTopic),
      unsigned: props.configuration.plainInterface.unsigned,
    });
    addGatewayResponses(this.api);
    addExecutionLog(this.api, STAGE_NAME, props.removalPolicy);
    this.usagePlan = this.createUsagePlan(props.configuration.api);
    this.apiKey = this.createKey();
    addEventApiAlarms(this, {
      ...props,
      accessLog,
      stage: this.stage,
      topic: props.eventTopic.topic,
      silenceAfterHours: silenceOf(props.configuration),
    });
  }

  /** The stage that is called, and measured. */
  get stage(): Stage {
    return this.api.deploymentStage;
  }

  /** What lets API Gateway log in this account and region; undefined where it was there before. */
  get logRole(): IDependable | undefined {
    return this.api.node.tryFindChild('Account');
  }

  /** Makes the address of the API, with its trailing slash, the stack output `name`. */
  outputUrlAs(name: string): void {
    const output = this.api.node.findChild('Endpoint') as CfnOutput;
    output.overrideLogicalId(name);
  }

  private createApi({ configuration, eventTopic }: EventApiProps, accessLog: LogGroup): RestApi {
    const { api, apiLogRole } = configuration;
    const createsRole = apiLogRole === 'create';
    return new RestApi(this, 'Api', {
      restApiName: `${Stack.of(this).stackName}-EventApi`,
      endpointTypes: [api.endpoint === 'edge' ? EndpointType.EDGE : EndpointType.REGIONAL],
      cloudWatchRole: createsRole,
      // There is one such role per account and region. Gone with a stack, even a throw-away one, all other APIs
      // there would lose their logs in silence; left behind, it costs nothing.
      ...(createsRole && { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN }),
      deployOptions: {
        stageName: STAGE_NAME,
        variables: { eventTopicArn: eventTopic.topic.topicArn },
        throttlingRateLimit: api.throttle.ratePerSecond,
        throttlingBurstLimit: api.throttle.burst,
        ...stageLogs(accessLog),
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

  private createUsagePlan({ throttle, quota }: EnvironmentConfiguration['api']): UsagePlan {
    return this.api.addUsagePlan('UsagePlan', {
      throttle: { rateLimit: throttle.ratePerSecond, burstLimit: throttle.burst },
      ...(quota !== undefined && { quota: { limit: quota.limit, period: Period[quota.period] } }),
      apiStages: [{ api: this.api as IRestApi, stage: this.api.deploymentStage }],
    });
  }

  private createKey(): ApiKey {
    const key = new ApiKey(this, 'Key', { description: 'Punctual: throttles, and authenticates nobody' });
    this.usagePlan.addApiKey(key);
    return key;
  }
}

// A throw-away stack is mostly silent.
function silenceOf({ ephemeral, monitoring }: EnvironmentConfiguration): number | undefined {
  const hours = monitoring.silence.afterHours ?? (ephemeral ? 0 : 24);
  return hours === 0 ? undefined : hours;
}
