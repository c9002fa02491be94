import type { DoorAnswer } from '../aws/front-door';
import { contentTypeOf } from './content-type';
import type { GatewayRequest, IntegrationDefinition } from './definitions';
import { GatewayRefusal } from './gateway-refusal';
import type { RequestContext } from './request-context';
import { createInput } from './vtl/input';
import { within } from './within';

/** How an integration reaches its service; the front door of the run. */
export type CallService = (
  request: { method: string; headers: Record<string, string>; body: string },
  role: string,
) => Promise<DoorAnswer>;

/** Renders the request for the service and sends it with the integration's role. */
export async function callIntegration(
  integration: IntegrationDefinition,
  request: GatewayRequest,
  context: RequestContext,
  stageVariables: Readonly<Record<string, string>>,
  call: CallService,
): Promise<DoorAnswer> {
  // Without a template for the content type, passthroughBehavior NEVER refuses the request.
  const template = integration.templates[contentTypeOf(request)];
  if (!template) throw new GatewayRefusal('UNSUPPORTED_MEDIA_TYPE');
  const params = { path: {}, querystring: request.query, header: request.headers };
  const body = template.render({ input: createInput(request.body, params), context, stageVariables });
  requireCleanForm(body, integration);
  // API Gateway asks AWS services for JSON; SNS answers XML without this header.
  const headers = { ...integration.headers, accept: 'application/json' };
  const asked = call({ method: 'POST', headers, body }, integration.role);
  const answer = await within(asked, integration.timeoutMs);
  if (answer === undefined) throw new GatewayRefusal('INTEGRATION_TIMEOUT');
  return answer;
}

/** SNS would take a line break between pairs as part of a name; an unencoded value as another pair. */
function requireCleanForm(body: string, integration: IntegrationDefinition): void {
  const isForm = integration.headers['content-type'] === 'application/x-www-form-urlencoded';
  if (isForm && /[^\x21-\x7e]/.test(body)) {
    throw new Error('The request template left white space or unencoded text in a form');
  }
}
