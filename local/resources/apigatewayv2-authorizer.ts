import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties, refuseResource, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ApiId: z.string(),
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.string()]),
  JwtConfiguration: z.strictObject({ Issuer: z.url(), Audience: z.array(z.string()).min(1).max(50) }),
  Name: words,
});

export const apigatewayv2Authorizer: ResourceType = {
  type: 'AWS::ApiGatewayV2::Authorizer',
  support:
    'supported: JWT by header or query parameter; keys by the discovery document of the issuer, which must have a stand-in in the run, kept for two hours. Approximated: words of refusals. Refused: Lambda authorizers',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { ApiId, IdentitySource, JwtConfiguration } = readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    const [, place, name] = /^\$request\.(header|querystring)\.([\w-]+)$/.exec(IdentitySource[0]) ?? [];
    if (name === undefined || (place !== 'header' && place !== 'querystring'))
      return refuseResource(resource, `the identity source ${IdentitySource[0]}`);
    const { Issuer: issuer, Audience: audiences } = JwtConfiguration;
    run.api.v2Api(ApiId).addAuthorizer({ id, issuer, audiences, source: { place, name } });
    return { ref: id, attributes: { AuthorizerId: id } };
  },
};
