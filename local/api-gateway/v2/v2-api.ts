import type {
  CorsDefinition,
  IntegrationDefinition,
  JwtAuthorizerDefinition,
  RouteDefinition,
  StageDefinition,
} from './definitions';

export type Protocol = 'HTTP' | 'WEBSOCKET';

export interface V2ApiOptions {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
  readonly cors?: CorsDefinition | undefined;
  /** What of a message says its route, such as `$request.body.action`. WebSocket APIs only. */
  readonly selection?: string | undefined;
}

/** A route with all that its requests need. */
export interface ServedRoute {
  readonly route: RouteDefinition;
  readonly integration: IntegrationDefinition;
  readonly authorizer?: JwtAuthorizerDefinition | undefined;
}

/** One HTTP or WebSocket API as its resources describe it. */
export class V2Api {
  readonly stages = new Map<string, StageDefinition>();
  private readonly integrations = new Map<string, IntegrationDefinition>();
  private readonly authorizers = new Map<string, JwtAuthorizerDefinition>();
  private readonly routes = new Map<string, RouteDefinition>();
  private readonly deployments = new Map<string, readonly ServedRoute[]>();

  constructor(readonly options: V2ApiOptions) {}

  get id(): string {
    return this.options.id;
  }

  addIntegration(integration: IntegrationDefinition): void {
    this.integrations.set(integration.id, integration);
  }

  addAuthorizer(authorizer: JwtAuthorizerDefinition): void {
    this.authorizers.set(authorizer.id, authorizer);
  }

  addRoute(route: RouteDefinition): void {
    this.requireUndeployed(route.key);
    const same = [...this.routes.values()].some(({ key }) => key === route.key);
    if (same) throw new Error(`Route with key ${route.key} already exists for this API`);
    this.integrationOf(route);
    this.authorizerOf(route);
    this.routes.set(route.id, route);
  }

  /** From now on the function's answer goes to whoever sent the message. */
  respond(routeId: string): void {
    const route = this.routes.get(routeId);
    if (route === undefined) throw new Error(`Route ${routeId} does not exist in API ${this.id}`);
    this.requireUndeployed(`the response of ${route.key}`);
    this.routes.set(routeId, { ...route, responds: true });
  }

  deploy(deploymentId: string): void {
    this.deployments.set(deploymentId, this.current());
  }

  addStage(stage: StageDefinition): void {
    if (stage.deploymentId !== undefined && !this.deployments.has(stage.deploymentId))
      throw new Error(`Stage ${stage.name} names a deployment that does not exist`);
    this.stages.set(stage.name, stage);
  }

  /** What a stage serves. A limit for a route that is not there would limit nothing. */
  routesOf({ deploymentId, routeThrottles }: StageDefinition): readonly ServedRoute[] {
    const routes = this.deployments.get(deploymentId ?? '') ?? this.current();
    const unknown = Object.keys(routeThrottles).find((key) => routes.every(({ route }) => route.key !== key));
    if (unknown !== undefined)
      throw new Error(`Unable to find Route by key ${unknown} within the provided RouteSettings`);
    return routes;
  }

  /** A deployment is a snapshot: what is made after it would be missing from the stage on AWS, silently. */
  private requireUndeployed(what: string): void {
    if (this.deployments.size === 0) return;
    throw new Error(`The deployment does not depend on ${what}, a stage on AWS would not have it`);
  }

  private current(): readonly ServedRoute[] {
    return [...this.routes.values()].map((route) => ({
      route,
      integration: this.integrationOf(route),
      authorizer: this.authorizerOf(route),
    }));
  }

  private integrationOf({ integrationId }: RouteDefinition): IntegrationDefinition {
    const integration = this.integrations.get(integrationId);
    if (integration) return integration;
    throw new Error(`Integration ${integrationId} does not exist in API ${this.id}`);
  }

  private authorizerOf({ authorizerId }: RouteDefinition): JwtAuthorizerDefinition | undefined {
    if (authorizerId === undefined) return undefined;
    const authorizer = this.authorizers.get(authorizerId);
    if (authorizer) return authorizer;
    throw new Error(`Authorizer ${authorizerId} does not exist in API ${this.id}`);
  }
}
