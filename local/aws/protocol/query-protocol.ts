import { randomUUID } from 'node:crypto';
import { isObject } from '../../template/template';
import type { AwsError } from '../aws-error';
import type { DoorAnswer, DoorRequest } from '../front-door';
import type { ServiceOutput } from '../service';

const XMLNS = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** Form fields by name; of a field that is given twice the last one counts. */
export function readQuery({ body }: DoorRequest): { operation: string; input: Record<string, string> } {
  const input = Object.fromEntries(new URLSearchParams(body));
  return { operation: input.Action ?? '', input };
}

/** XML as clients expect it, JSON for whoever asks for it as API Gateway does. */
export function writeQuery(
  operation: string,
  { json, xml }: ServiceOutput,
  request: DoorRequest,
): DoorAnswer {
  const RequestId = randomUUID();
  if (wantsJson(request)) {
    return asJson(200, {
      [`${operation}Response`]: { [`${operation}Result`]: json, ResponseMetadata: { RequestId } },
    });
  }
  return asXml(200, xml ?? envelope(operation, json, RequestId));
}

export function writeQueryError(error: AwsError, request: DoorRequest): DoorAnswer {
  const RequestId = randomUUID();
  const Type = error.status < 500 ? 'Sender' : 'Receiver';
  if (wantsJson(request)) {
    return asJson(error.status, { Error: { Code: error.code, Message: error.message, Type }, RequestId });
  }
  const details = element('Type', Type) + element('Code', error.code) + element('Message', error.message);
  const body = `<ErrorResponse xmlns="${XMLNS}"><Error>${details}</Error>${element('RequestId', RequestId)}</ErrorResponse>`;
  return asXml(error.status, body);
}

function envelope(operation: string, json: Record<string, unknown>, requestId: string): string {
  const result = Object.entries(json).map(([name, value]) => nested(name, value));
  const metadata = `<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`;
  return `<${operation}Response xmlns="${XMLNS}"><${operation}Result>${result.join('')}</${operation}Result>${metadata}</${operation}Response>`;
}

/** A list is an element with members, as in most services of this protocol. */
function nested(name: string, value: unknown): string {
  if (Array.isArray(value)) return `<${name}>${value.map((one) => nested('member', one)).join('')}</${name}>`;
  if (!isObject(value)) return element(name, String(value));
  return `<${name}>${Object.entries(value)
    .map(([inner, one]) => nested(inner, one))
    .join('')}</${name}>`;
}

function element(name: string, text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<${name}>${escaped}</${name}>`;
}

function wantsJson({ headers }: DoorRequest): boolean {
  return headers.accept?.includes('application/json') ?? false;
}

function asJson(status: number, value: unknown): DoorAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function asXml(status: number, body: string): DoorAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
