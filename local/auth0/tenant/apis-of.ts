import type { RunResource } from '../../local-run';
import type { ResourceServer } from './issued';

interface JwtProperties {
  readonly JwtConfiguration?: { readonly Audience?: readonly string[] };
  readonly AuthorizationScopes?: readonly string[];
}

/**
 * The APIs that the template protects with tokens of the tenant, as somebody would have registered them there: with
 * the scopes that their routes ask for.
 */
export function apisOf(resources: readonly Pick<RunResource, 'type' | 'properties'>[]): ResourceServer[] {
  const all = (type: string) =>
    resources
      .filter((resource) => resource.type === `AWS::ApiGatewayV2::${type}`)
      .map(({ properties }) => properties as JwtProperties);
  const scopes = [...new Set(all('Route').flatMap(({ AuthorizationScopes }) => AuthorizationScopes ?? []))];
  const audiences = all('Authorizer').flatMap(({ JwtConfiguration }) => JwtConfiguration?.Audience ?? []);
  return [...new Set(audiences)].map((identifier) => ({ identifier, scopes }));
}
