import type { ThrottleDefinition } from '../definitions';

/** A function behind a route. */
export interface IntegrationDefinition {
  readonly id: string;
  /** Name of the function in the run. */
  readonly functionName: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
}

export interface RouteDefinition {
  readonly id: string;
  /** `GET /users/{id}`, `ANY /{proxy+}`, `$default`, `$connect`, or what a message selects. */
  readonly key: string;
  readonly integrationId: string;
  /** Of the JWT authorizer that the route asks; absent where it asks nobody. */
  readonly authorizerId?: string | undefined;
  /** One of them is enough; none are asked for where there are none. */
  readonly scopes: readonly string[];
  /** Whether a client hears what the function answered. WebSocket APIs only. */
  readonly responds: boolean;
}

export interface JwtAuthorizerDefinition {
  readonly id: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  /** Where the token is. */
  readonly source: { readonly place: 'header' | 'querystring'; readonly name: string };
}

export interface StageDefinition {
  readonly name: string;
  /** Of the deployment that it serves; absent where it serves the API as it is. */
  readonly deploymentId?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Of each route that has no limit of its own. */
  readonly throttle?: ThrottleDefinition | undefined;
  /** By route key. */
  readonly routeThrottles: Readonly<Record<string, ThrottleDefinition>>;
  readonly accessLog?: { readonly format: string; readonly groupArn: string } | undefined;
}

export interface CorsDefinition {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds?: number | undefined;
}
