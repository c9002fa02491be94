import Ajv from 'ajv-draft-04';

/** Whether `value` passes a JSON schema of the draft that API Gateway knows. */
export function validate(schema: unknown, value: unknown): boolean {
  return new Ajv({ strict: false }).validate(schema as object, value);
}
