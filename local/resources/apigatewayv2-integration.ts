import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties, refuseResource, whole, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  IntegrationMethod: z.literal('POST').optional(),
  PayloadFormatVersion: z.string().optional(),
  TimeoutInMillis: whole.min(50).max(30_000).optional(),
  ConnectionType: z.literal('INTERNET').optional(),
  Description: words,
});

/** AWS's own limits, and what it waits for without a limit. */
const LONGEST_MS = { HTTP: 30_000, WEBSOCKET: 29_000 } as const;

export const apigatewayv2Integration: ResourceType = {
  type: 'AWS::ApiGatewayV2::Integration',
  support:
    'supported: functions of the run by Lambda proxy (payload format 2.0), time-outs. Refused: format 1.0, roles, parameter mapping, other services, HTTP and VPC links',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { ApiId, IntegrationUri, PayloadFormatVersion, TimeoutInMillis } = readProperties(
      resource,
      PROPERTIES,
    );
    const { protocol } = run.api.v2Api(ApiId).options;
    // A WebSocket API has a format of its own.
    if (protocol === 'HTTP' && PayloadFormatVersion !== '2.0')
      refuseResource(resource, 'another PayloadFormatVersion than 2.0');
    const spec = run.functions.find(functionIn(IntegrationUri));
    if (!spec) return refuseResource(resource, `the function ${IntegrationUri} is not in this run`);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    const timeoutMs = Math.min(TimeoutInMillis ?? LONGEST_MS[protocol], LONGEST_MS[protocol]);
    run.api.v2Api(ApiId).addIntegration({ id, functionName: spec.name, functionArn: spec.arn, timeoutMs });
    return { ref: id, attributes: { IntegrationId: id } };
  },
};

/** An ARN, or one in the path of Lambda's own address. */
function functionIn(uri: string): string {
  return /:lambda:path\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1] ?? uri;
}
