import type { ValidateFunction } from 'ajv';
import Ajv from 'ajv-draft-04';
import * as z from 'zod';
import { readProperties, refuseResource, words } from '../api-gateway/read-properties';
import type { ResolvedResource, ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  RestApiId: z.string(),
  ContentType: z.literal('application/json').optional(),
  Schema: z.union([z.record(z.string(), z.unknown()), z.string()]),
  Name: z.string().optional(),
  Description: words,
});

export const apigatewayModel: ResourceType = {
  type: 'AWS::ApiGateway::Model',
  support:
    'supported: JSON schema draft 04. Refused: keywords of later drafts, `format`, references to other models',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { RestApiId, Name, Schema } = readProperties(resource, PROPERTIES);
    const name = Name ?? resource.physicalName.replace(/[^A-Za-z0-9]/g, '');
    const schema = typeof Schema === 'string' ? (JSON.parse(Schema) as object) : Schema;
    run.api.restApi(RestApiId).addModel(name, compile(resource, schema));
    return { ref: name };
  },
};

/** Keywords that Ajv knows on top of draft 04. */
const LATER_KEYWORDS = ['const', 'contains', 'propertyNames', 'if', 'then', 'else', 'nullable'];

/** Strict about keywords only: what the draft does not know, API Gateway would silently not check. */
function compile(resource: ResolvedResource, schema: object): ValidateFunction {
  const ajv = new Ajv({ strict: false, strictSchema: true, allErrors: true });
  for (const keyword of LATER_KEYWORDS) ajv.removeKeyword(keyword);
  try {
    return ajv.compile(schema);
  } catch (error) {
    return refuseResource(resource, `Schema is not supported (${(error as Error).message})`);
  }
}
