import { Duration, Stack } from 'aws-cdk-lib';
import {
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpStage,
  WebSocketApi,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { EnvironmentConfiguration } from '../configuration';
import { GeneratedSecret } from '../generated-secret';
import { addCallAlarms } from '../monitoring/call-alarms';
import { type FunctionEnvironment, NodeFunction } from '../node-function';
import type { SigningSecrets } from '../signing-secrets';
import type { StageProps } from '../stage-props';
import type { UserLinkTable } from '../user-link-table';
import { ConnectionTable } from './connection-table';
import { STATUS_API_ALARMS } from './status-api-alarms';
import { statusStage } from './status-stages';

export interface StatusApiProps extends StageProps {
  readonly environment: FunctionEnvironment;
  readonly throttle: EnvironmentConfiguration['statusApi']['throttle'];
  readonly userLinks: UserLinkTable;
  readonly signingSecrets: SigningSecrets;
  readonly pepper: GeneratedSecret;
  /** Stands for `punctual:status` in what is bundled. */
  readonly modules: Readonly<Record<string, string>>;
  /** The role that lets API Gateway log, where this stack makes it. */
  readonly logRole: IDependable | undefined;
}

const SOCKET_STAGE = 'live';
/** At the page's own the Action asks as well, before it sends somebody there: what is too much there, it sees. */
const ROUTES = [
  ['/', HttpMethod.ANY],
  ['/snapshot', HttpMethod.POST],
  ['/readiness', HttpMethod.POST],
] as const;
/** The shards that the stream of a new table on demand has: each is read by an instance of its own. */
const SHARDS = 4;

/** Show: the page that a person waits on at login, the socket that it listens on, and what the Action asks before. */
export class StatusApi extends Construct {
  /** Both with what has to come after them: a path, or a ticket. */
  readonly pageUrl: string;
  readonly socketUrl: string;
  readonly statusSecret: GeneratedSecret;
  readonly returnSecret: GeneratedSecret;
  readonly handler: LambdaFunction;
  private readonly pages: HttpApi;
  private readonly sockets: WebSocketApi;
  private readonly connections: ConnectionTable;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: StatusApiProps,
  ) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.pages = new HttpApi(this, 'Pages', { apiName: `${stackName}-StatusApi`, createDefaultStage: false });
    this.sockets = new WebSocketApi(this, 'Sockets', { apiName: `${stackName}-StatusSocket` });
    this.connections = new ConnectionTable(this, 'Connections', props);
    this.statusSecret = this.createSecret('StatusSecret', 'Signs the tokens that lead to the status page');
    this.returnSecret = this.createSecret(
      'ReturnSecret',
      'Signs the tokens that lead back from the status page',
    );
    const { stage, accessLog } = this.createStage();
    this.pageUrl = `${this.pages.apiEndpoint}/`;
    this.socketUrl = this.createSocketStage().url;
    this.handler = this.createFunction();
    this.addRoutes(this.handler, stage);
    addCallAlarms(this, { ...props, ...STATUS_API_ALARMS, function: this.handler, accessLog });
  }

  /** Lets `pusher` tell the pages that are open, and tells it where they listen. */
  grantPushing(pusher: LambdaFunction): void {
    this.connections.grantPushing(pusher);
    this.grantPosting(pusher);
    const { ratePerSecond } = this.props.throttle;
    pusher.addEnvironment(
      ENVIRONMENT_NAMES.pushesPerSecond,
      `${Math.max(1, Math.floor(ratePerSecond / SHARDS))}`,
    );
  }

  private createSecret(id: string, description: string): GeneratedSecret {
    return new GeneratedSecret(this, id, { ...this.props, description });
  }

  private createStage(): { readonly stage: HttpStage; readonly accessLog: LogGroup } {
    const { accessLog, ...options } = statusStage(this, 'http', this.props);
    return { stage: new HttpStage(this, 'Stage', { httpApi: this.pages, ...options }), accessLog };
  }

  // Unlike an HTTP API, a WebSocket API logs with the role of the account.
  private createSocketStage(): WebSocketStage {
    const { accessLog: _, ...options } = statusStage(this, 'socket', this.props);
    const named = { webSocketApi: this.sockets, stageName: SOCKET_STAGE };
    const stage = new WebSocketStage(this, 'SocketStage', { ...named, ...options });
    if (this.props.logRole !== undefined) stage.node.addDependency(this.props.logRole);
    return stage;
  }

  private createFunction(): LambdaFunction {
    const { props } = this;
    const { function: handler } = new NodeFunction(this, 'Handler', {
      ...props,
      stem: 'statusApi',
      entry: 'status/status-api',
      description: 'Shows people who wait at login how far their accounts are',
      // A person waits for it, and the Action gives up long before.
      timeout: Duration.seconds(10),
      environment: { ...props.environment, [ENVIRONMENT_NAMES.statusPageUrl]: this.pageUrl },
    });
    props.userLinks.grantShowing(handler);
    props.pepper.grantReadAs(handler, ENVIRONMENT_NAMES.pepperSecretArn);
    props.signingSecrets.of.actions.grantReadAs(handler, ENVIRONMENT_NAMES.signingSecretArn);
    this.statusSecret.grantReadAs(handler, ENVIRONMENT_NAMES.statusSecretArn);
    this.returnSecret.grantReadAs(handler, ENVIRONMENT_NAMES.returnSecretArn);
    this.connections.grantNoting(handler);
    this.grantPosting(handler);
    return handler;
  }

  private addRoutes(handler: LambdaFunction, stage: HttpStage): void {
    const integration = new HttpLambdaIntegration('Handler', handler);
    const { ratePerSecond: ThrottlingRateLimit, burst: ThrottlingBurstLimit } = this.props.throttle;
    // Each has a limit of its own, so that a flood at one of them leaves the others alone.
    const limits: Record<string, object> = {};
    for (const [path, method] of ROUTES) {
      // API Gateway takes limits of routes that are there already, and no others.
      stage.node.addDependency(...this.pages.addRoutes({ path, methods: [method], integration }));
      limits[`${method} ${path}`] = { ThrottlingRateLimit, ThrottlingBurstLimit };
    }
    (stage.node.defaultChild as CfnStage).routeSettings = limits;
    for (const route of ['$connect', 'snapshot']) {
      this.sockets.addRoute(route, {
        integration: new WebSocketLambdaIntegration(`Handler-${route}`, handler),
      });
    }
  }

  private grantPosting(poster: LambdaFunction): void {
    const resourceName = `${SOCKET_STAGE}/POST/@connections/*`;
    const place = { service: 'execute-api', resource: this.sockets.apiId, resourceName };
    const resources = [Stack.of(this).formatArn(place)];
    poster.addToRolePolicy(new PolicyStatement({ actions: ['execute-api:ManageConnections'], resources }));
    poster.addEnvironment(ENVIRONMENT_NAMES.statusSocketUrl, this.socketUrl);
  }
}
