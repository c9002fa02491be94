import * as z from 'zod';
import { section, textLike } from './section';

/** As Auth0 names them. */
const FACTORS = [
  ...(['otp', 'push-notification', 'phone', 'webauthn-roaming', 'webauthn-platform'] as const),
  ...(['email', 'recovery-code'] as const),
] as const;
/** Nobody sets these up by themselves, so that who has nothing else could not log in. */
const NOT_ALONE: readonly string[] = ['email', 'recovery-code'];

const factors = z
  .array(z.enum(FACTORS, { error: `one of ${FACTORS.join(', ')}` }), { error: 'a list of factors' })
  .refine((names) => new Set(names).size === names.length, { error: 'each factor once' })
  .refine((names) => names.some((name) => !NOT_ALONE.includes(name)), {
    error: `at least one factor beside ${NOT_ALONE.join(' and ')}, which nobody can set up`,
  });

const connectionNames = z.array(
  textLike(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}$/, 'the name of an Auth0 connection'),
  { error: 'a list of names of connections' },
);

/** Who is asked for a second factor. */
export const mfa = section({
  factors: factors.describe(
    'The factors that are switched on in the tenant. Where none of them is, Auth0 fails every login that asks for one.',
  ),
  policy: z
    .enum(['required', 'enrolled'], { error: 'required or enrolled' })
    .default('required')
    .describe('`required`: who has no factor sets one up. `enrolled`: who has none goes on without.'),
  connections: connectionNames
    .min(1, { error: 'at least one name; leave it out for all connections' })
    .optional()
    .describe('Whose people are asked. Those of all connections when left out.'),
  upstream: z
    .union([z.literal('federated'), connectionNames], {
      error: "'federated' or a list of names of connections",
    })
    .default([])
    .describe(
      'Connections whose identity provider asks for a second factor itself; `federated` for all social and enterprise ones. Auth0 does not tell whether it did.',
    ),
});
