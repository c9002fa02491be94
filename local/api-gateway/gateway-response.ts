import type { GatewayAnswer, GatewayResponseDefinition, HeaderSource } from './definitions';
import { type GatewayRefusal, RESPONSE_TYPES, type ResponseType } from './gateway-refusal';
import { type RequestContext, readContext } from './request-context';
import { createInput } from './vtl/input';

export type GatewayResponses = Readonly<Partial<Record<ResponseType, GatewayResponseDefinition>>>;

/** API Gateway's own answer, in the API's words where it has some for this type or for its class. */
export function answerRefusal(
  refusal: GatewayRefusal,
  responses: GatewayResponses,
  context: RequestContext,
  stageVariables: Readonly<Record<string, string>>,
): GatewayAnswer {
  noteError(refusal, context);
  const status = RESPONSE_TYPES[refusal.type][0];
  const response = responses[refusal.type] ?? responses[status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  const input = createInput('', { path: {}, querystring: {}, header: {} });
  const body = response?.template?.render({ input, context, stageVariables });
  const headers = {
    'Content-Type': 'application/json',
    ...resolve(response?.headers ?? {}, context),
  };
  return {
    status: response?.status ?? status,
    headers,
    body: body ?? JSON.stringify({ message: refusal.message }),
  };
}

function noteError(refusal: GatewayRefusal, context: RequestContext): void {
  context.error.message = refusal.message;
  // Already in quotes, for use in JSON.
  context.error.messageString = JSON.stringify(refusal.message);
  context.error.responseType = refusal.type;
  context.error.validationErrorString = refusal.validationErrors ?? '';
}

function resolve(
  headers: Readonly<Record<string, HeaderSource>>,
  context: RequestContext,
): Record<string, string> {
  const readValue = (source: HeaderSource) =>
    'value' in source
      ? source.value
      : 'contextPath' in source
        ? readContext(context, source.contextPath)
        : '';
  return Object.fromEntries(
    Object.entries(headers).map(([name, source]) => [name, String(readValue(source))]),
  );
}
