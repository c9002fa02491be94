import type { DoorAnswer } from '../aws/front-door';
import type { GatewayAnswer, HeaderSource, IntegrationResponse } from './definitions';
import { findHeader, type RequestContext, readContext } from './request-context';
import { createInput, type InputParams } from './vtl/input';

/** Turns the service's answer into the caller's, by the first pattern that matches its HTTP status. */
export function mapIntegrationResponse(
  responses: readonly IntegrationResponse[],
  answer: DoorAnswer,
  context: RequestContext,
  stageVariables: Readonly<Record<string, string>>,
  params: InputParams,
): GatewayAnswer {
  const response = selectResponse(responses, answer.status);
  const input = createInput(answer.body, params);
  const body = response.template?.render({ input, context, stageVariables }) ?? answer.body;
  const { status, header } = context.responseOverride;
  const headers = { 'Content-Type': 'application/json', ...resolve(response.headers, answer, context) };
  return { status: Number(status ?? response.status), headers: { ...headers, ...header }, body };
}

/** The entry without a pattern catches the rest. */
function selectResponse(responses: readonly IntegrationResponse[], status: number): IntegrationResponse {
  const found = responses.find(({ pattern }) => pattern?.test(String(status)));
  const response = found ?? responses.find(({ pattern }) => pattern === undefined);
  if (!response) throw new Error(`No integration response matches status ${status} and none is the default`);
  return response;
}

function resolve(
  headers: Readonly<Record<string, HeaderSource>>,
  answer: DoorAnswer,
  context: RequestContext,
): Record<string, string> {
  const values = Object.entries(headers).map(([name, source]) => [name, readValue(source, answer, context)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function readValue(source: HeaderSource, answer: DoorAnswer, context: RequestContext): string | undefined {
  if ('value' in source) return source.value;
  if ('integrationHeader' in source) return findHeader(answer.headers, source.integrationHeader);
  return String(readContext(context, source.contextPath));
}
