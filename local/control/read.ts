import * as z from 'zod';
import { LocalError } from '../local-error';

/** The body of a request; fails with `bad-request`. */
export function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new LocalError('bad-request', z.prettifyError(result.error));
}
