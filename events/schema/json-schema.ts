import * as z from 'zod/mini';
import { acceptedEventSchema, eventSchema } from '../event-schema';

/** The JSON Schemas made from the one zod schema, by file name. A test compares them with the files beside this. */
export function jsonSchemas(): Record<string, object> {
  return {
    'event.schema.json': z.toJSONSchema(eventSchema, { target: 'draft-2020-12' }),
    // API Gateway understands draft-04 only. Formats stay out of it: whether it enforces them, and how, is not
    // documented, and the worker checks timestamps anyway.
    'event.draft-04.json': z.toJSONSchema(acceptedEventSchema, {
      target: 'draft-04',
      override: ({ jsonSchema }) => {
        delete jsonSchema.format;
      },
    }),
  };
}

/** The text of a schema file. */
export function schemaText(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
