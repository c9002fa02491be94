import { apigatewayAccount } from './apigateway-account';
import { apigatewayApiKey } from './apigateway-api-key';
import { apigatewayDeployment } from './apigateway-deployment';
import { apigatewayGatewayResponse } from './apigateway-gateway-response';
import { apigatewayMethod } from './apigateway-method';
import { apigatewayModel } from './apigateway-model';
import { apigatewayRequestValidator } from './apigateway-request-validator';
import { apigatewayResource } from './apigateway-resource';
import { apigatewayRestApi } from './apigateway-rest-api';
import { apigatewayStage } from './apigateway-stage';
import { apigatewayUsagePlan } from './apigateway-usage-plan';
import { apigatewayUsagePlanKey } from './apigateway-usage-plan-key';
import { apigatewayv2Api } from './apigatewayv2-api';
import { apigatewayv2Authorizer } from './apigatewayv2-authorizer';
import { apigatewayv2Deployment } from './apigatewayv2-deployment';
import { apigatewayv2Integration } from './apigatewayv2-integration';
import { apigatewayv2Route } from './apigatewayv2-route';
import { apigatewayv2RouteResponse } from './apigatewayv2-route-response';
import { apigatewayv2Stage } from './apigatewayv2-stage';
import { cdkMetadata } from './cdk-metadata';
import { cloudformationStack } from './cloudformation-stack';
import { cloudwatchAlarm } from './cloudwatch-alarm';
import { cloudwatchDashboard } from './cloudwatch-dashboard';
import { dynamodbGlobalTable } from './dynamodb-global-table';
import { dynamodbTable } from './dynamodb-table';
import { eventsEventBus } from './events-event-bus';
import { eventsRule } from './events-rule';
import { iamPolicy } from './iam-policy';
import { iamRole } from './iam-role';
import { kmsAlias } from './kms-alias';
import { kmsKey } from './kms-key';
import { lambdaEventSourceMapping } from './lambda-event-source-mapping';
import { lambdaFunction } from './lambda-function';
import { lambdaPermission } from './lambda-permission';
import { logsLogGroup } from './logs-log-group';
import { logsMetricFilter } from './logs-metric-filter';
import type { ResourceType } from './resource-type';
import { secretsmanagerSecret } from './secretsmanager-secret';
import { sesConfigurationSet } from './ses-configuration-set';
import { sesConfigurationSetEventDestination } from './ses-configuration-set-event-destination';
import { snsSubscription } from './sns-subscription';
import { snsTopic } from './sns-topic';
import { snsTopicPolicy } from './sns-topic-policy';
import { sqsQueue } from './sqs-queue';
import { sqsQueuePolicy } from './sqs-queue-policy';

/** Every type that a template may hold, by name. */
export const RESOURCE_TYPES: ReadonlyMap<string, ResourceType> = new Map(
  [
    apigatewayAccount,
    apigatewayApiKey,
    apigatewayDeployment,
    apigatewayGatewayResponse,
    apigatewayMethod,
    apigatewayModel,
    apigatewayRequestValidator,
    apigatewayResource,
    apigatewayRestApi,
    apigatewayStage,
    apigatewayUsagePlan,
    apigatewayUsagePlanKey,
    apigatewayv2Api,
    apigatewayv2Authorizer,
    apigatewayv2Deployment,
    apigatewayv2Integration,
    apigatewayv2Route,
    apigatewayv2RouteResponse,
    apigatewayv2Stage,
    cdkMetadata,
    cloudformationStack,
    cloudwatchAlarm,
    cloudwatchDashboard,
    dynamodbGlobalTable,
    dynamodbTable,
    eventsEventBus,
    eventsRule,
    iamPolicy,
    iamRole,
    kmsAlias,
    kmsKey,
    lambdaEventSourceMapping,
    lambdaFunction,
    lambdaPermission,
    logsLogGroup,
    logsMetricFilter,
    secretsmanagerSecret,
    sesConfigurationSet,
    sesConfigurationSetEventDestination,
    snsSubscription,
    snsTopic,
    snsTopicPolicy,
    sqsQueue,
    sqsQueuePolicy,
  ].map((type) => [type.type, type]),
);
