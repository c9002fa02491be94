import * as z from 'zod';
import { ApiError, notKnownHere } from './api-error';
import { TENANT_LIMITS as LIMITS } from './tenant-limits';

const code = z
  .string()
  .refine(
    (text) => Buffer.byteLength(text) <= LIMITS.codeBytes,
    `code is larger than ${LIMITS.codeBytes} bytes`,
  );

const secret = z.strictObject({
  name: z.string().min(1).max(LIMITS.secretName),
  value: z.string().min(1).max(LIMITS.secretValue),
});

const dependency = z.looseObject({ name: z.string().min(1), version: z.string().min(1) });

const CHANGES = {
  name: z.string().trim().min(1).max(LIMITS.actionName).optional(),
  code: code.optional(),
  runtime: z.string().optional(),
  dependencies: z.array(dependency).max(LIMITS.dependencies).optional(),
  secrets: z.array(secret).max(LIMITS.secrets).optional(),
  supported_triggers: z
    .array(z.looseObject({ id: z.string(), version: z.string().optional() }))
    .length(1)
    .optional(),
};

export const UPDATE_ACTION = z.strictObject(CHANGES);

export const CREATE_ACTION = UPDATE_ACTION.required({ name: true, supported_triggers: true });

export const UPDATE_BINDINGS = z.strictObject({
  bindings: z.array(
    z.strictObject({
      ref: z.strictObject({ type: z.enum(['action_id', 'action_name', 'binding_id']), value: z.string() }),
      display_name: z.string().min(1).optional(),
    }),
  ),
});

export type ActionChanges = z.output<typeof UPDATE_ACTION>;
export type NewAction = z.output<typeof CREATE_ACTION>;
export type BindingRequest = z.output<typeof UPDATE_BINDINGS>['bindings'][number];

/** Properties that Auth0 knows and the stand-in does not. */
const NOT_KNOWN = ['deploy', 'modules'];

export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const unknown = NOT_KNOWN.find((name) => typeof body === 'object' && body !== null && name in body);
  if (unknown !== undefined) throw notKnownHere(400, `the property ${unknown} of an Action`);
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = issue?.path.join('.') || 'the body';
  // Auth0's validator speaks another way; only the frame and the code are its own.
  throw new ApiError(400, `Payload validation error: '${issue?.message}' on property ${at}`, 'invalid_body');
}
