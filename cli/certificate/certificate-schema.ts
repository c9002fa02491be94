import * as z from 'zod/mini';
import type { Certificate } from './certificate';

const text = z.string().check(z.maxLength(300));
const time = z.iso.datetime();
const deed = z.strictObject({ at: time, requestId: text });

/** Whoever signed it: what is not as this version writes it is not understood by half. */
const CERTIFICATE: z.ZodMiniType<Certificate> = z.strictObject({
  type: z.literal('punctual.erasure'),
  version: z.literal(1),
  issuedAt: time,
  tenant: text,
  environment: text,
  stack: text,
  userRef: text,
  until: time,
  systems: z.array(
    z.strictObject({
      system: text,
      accounts: z.array(text),
      askedAt: time,
      removed: z.exactOptional(deed),
      readBacks: z.array(deed),
      told: z.exactOptional(z.array(deed)),
      byHand: z.exactOptional(z.literal(true)),
    }),
  ),
  messages: z.array(z.strictObject({ queue: text, deleted: z.number() })),
  invitations: z.exactOptional(z.int()),
  auth0: z.strictObject({ profile: z.enum(['deleted', 'not-found', 'kept']), at: time }),
  remains: z.array(z.strictObject({ what: text, until: time })),
});

/** Undefined for what is no certificate of this version. */
export function readCertificate(value: unknown): Certificate | undefined {
  return CERTIFICATE.safeParse(value).data;
}
