import { Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { API_ROUTES, type ApiRoute } from '../../events/provisioning-api/routes';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { AuditTable } from '../audit-table';
import type { JitConfiguration } from '../configuration/jit-schema';
import type { ProvisioningApiConfiguration } from '../configuration/provisioning-api-schema';
import type { EventTopic } from '../event-topic';
import type { GeneratedSecret } from '../generated-secret';
import type { InvitationMail } from '../invitations/invitation-mail';
import type { Invitations } from '../invitations/invitations';
import type { ManagementClient } from '../management-client';
import { punctualMetric } from '../monitoring/punctual-metric';
import { RunbookAlarm, UNTIL_QUIET } from '../monitoring/runbook-alarm';
import { type FunctionEnvironment, NodeFunction } from '../node-function';
import type { SigningSecrets } from '../signing-secrets';
import type { StageProps } from '../stage-props';
import type { SystemTable } from '../system-table';
import type { UserLinkTable } from '../user-link-table';

export interface ProvisioningApiProps extends StageProps {
  readonly settings: ProvisioningApiConfiguration;
  readonly environment: FunctionEnvironment;
  /** Names of the systems in which accounts may be asked for. */
  readonly systems: readonly string[];
  /** Names of those that take events and have no links. */
  readonly consumers: readonly string[];
  /** Names of the systems in which invitations alone make accounts. */
  readonly byInvitation: readonly string[];
  readonly jit: JitConfiguration;
  /** What the names of our claims in tokens begin with. */
  readonly claimNamespace: string;
  /** Stands for `punctual:status` in what is bundled. */
  readonly modules: Readonly<Record<string, string>>;
  readonly userLinks: UserLinkTable;
  readonly systemTable: SystemTable;
  readonly audit: AuditTable;
  readonly eventTopic: EventTopic;
  readonly signingSecrets: SigningSecrets;
  readonly pepper: GeneratedSecret;
  /** @default - none are made */
  readonly invitations?: Invitations | undefined;
  /** Sends what is made. @default - nothing is made */
  readonly invitationMail?: InvitationMail | undefined;
  /** `emit.attributes`: what accounts are made of. */
  readonly attributes: readonly string[];
  /** Who asks Auth0. @default - nobody does */
  readonly management?: ManagementClient | undefined;
}

/** API Gateway gives an answer 30 seconds; the function gives up first, and says so itself. */
const TIMEOUT = Duration.seconds(29);
/** Whoever died with a place to wait in gives it back by then. */
const LEASE = TIMEOUT.plus(Duration.seconds(6));

/** For those who come with an access token of the tenant: which accounts there are, and one more where it is wanted. */
export class ProvisioningApi extends Construct {
  readonly url: string;
  /** Of the function, which operators invoke past the API. */
  readonly functionArn: string;

  constructor(scope: Construct, id: string, props: ProvisioningApiProps) {
    super(scope, id);
    const server = this.createServer(props);
    this.functionArn = server.functionArn;
    if (props.management !== undefined) this.addManagement(props.management, props, server);
    const accessLog = this.createAccessLog(props);
    const api = this.createApi(props, server);
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: {
        rateLimit: props.settings.throttle.ratePerSecond,
        burstLimit: props.settings.throttle.burst,
      },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_LINE)),
      },
    });
    this.url = stage.url;
    this.addFailureAlarm(props, server);
  }

  private createServer(props: ProvisioningApiProps): LambdaFunction {
    const { settings, systems, consumers, jit, claimNamespace, environment } = props;
    const { function: server } = new NodeFunction(this, 'Server', {
      ...props,
      stem: 'provisioningApi',
      entry: 'provisioning-api/provisioning-api',
      description: 'Answers people and administrators who come with an access token',
      timeout: TIMEOUT,
      reservedConcurrency: settings.concurrency,
      environment: {
        ...environment,
        [ENVIRONMENT_NAMES.systems]: systems.join(),
        [ENVIRONMENT_NAMES.byInvitation]: props.byInvitation.join(),
        [ENVIRONMENT_NAMES.selfService]: settings.selfService.join(),
        ...(consumers.length > 0 && { [ENVIRONMENT_NAMES.consumingSystems]: consumers.join() }),
        [ENVIRONMENT_NAMES.jitSwitches]: JSON.stringify(jit),
        [ENVIRONMENT_NAMES.claimNamespace]: claimNamespace,
        [ENVIRONMENT_NAMES.mostWaiting]: `${Math.floor(settings.concurrency / 2)}`,
        [ENVIRONMENT_NAMES.leaseMs]: `${LEASE.toMilliseconds()}`,
      },
    });
    props.userLinks.grantReading(server);
    props.userLinks.grantMarking(server);
    props.audit.grantNoting(server);
    props.systemTable.grantSharing(server);
    props.invitations?.grantInviting(server);
    props.invitationMail?.grantQueueing(server);
    props.signingSecrets.grantSigning(server);
    props.pepper.grantReadAs(server, ENVIRONMENT_NAMES.pepperSecretArn);
    if (server.role !== undefined) props.eventTopic.grantPublish(server.role);
    server.addEnvironment(ENVIRONMENT_NAMES.eventTopicArn, props.eventTopic.topic.topicArn);
    return server;
  }

  private addManagement(
    management: ManagementClient,
    { attributes, settings }: ProvisioningApiProps,
    server: LambdaFunction,
  ): void {
    management.grantUse(server);
    if (!settings.management) return;
    server.addEnvironment(ENVIRONMENT_NAMES.emittedAttributes, JSON.stringify(attributes));
  }

  private createApi({ settings, invitations }: ProvisioningApiProps, server: LambdaFunction): HttpApi {
    const api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-ProvisioningApi`,
      createDefaultStage: false,
    });
    const authorizer = new HttpJwtAuthorizer('Tokens', settings.issuer, {
      jwtAudience: [settings.audience],
    });
    // One permission for all routes: each of them leads to the one function anyway.
    const integration = new HttpLambdaIntegration('Server', server, { scopePermissionToRoute: false });
    const routes: readonly ApiRoute[] = Object.values(API_ROUTES);
    const there = routes.filter(({ of }) => of === undefined || invitations !== undefined);
    for (const route of there) this.addRoute(api, route, { authorizer, integration });
    return api;
  }

  private addRoute(
    api: HttpApi,
    { method, path, scope }: ApiRoute,
    to: { readonly authorizer: IHttpRouteAuthorizer; readonly integration: HttpLambdaIntegration },
  ): void {
    api.addRoutes({ ...to, path, methods: [HttpMethod[method]], authorizationScopes: [scope] });
  }

  private createAccessLog({ removalPolicy }: StageProps): LogGroup {
    return new LogGroup(this, 'AccessLog', { retention: RetentionDays.THREE_MONTHS, removalPolicy });
  }

  // A caller tries again by itself; two failures may be one hiccup of a table.
  private addFailureAlarm(props: ProvisioningApiProps, server: LambdaFunction): void {
    new RunbookAlarm(this, 'Failures', {
      ...props,
      kind: 'provisioningApiFailures',
      metric: punctualMetric('ProvisioningApiFailed', props, {
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: 3,
      evaluation: UNTIL_QUIET,
      words: 'The provisioning API failed three calls or more within 5 minutes.',
      subjects: { function: server },
    });
  }
}

/** One line per call. The route is the template of the path: what was asked for names a person. */
const ACCESS_LOG_LINE = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  errorType: '$context.error.responseType',
  authorizerError: '$context.authorizer.error',
  integrationStatus: '$context.integration.integrationStatus',
  integrationLatencyMs: '$context.integration.latency',
  latencyMs: '$context.responseLatency',
};
