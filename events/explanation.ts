import * as z from 'zod/mini';

/** What comes between an event and an account, in this order. */
const EXPLAINED_STEPS = ['scope', 'find', 'match', 'plan', 'send'] as const;

const text = z.string();

/** A request that was made to look something up, or one that a message would have led to. */
const request = z.object({
  /** Such as `GET https://crm.example.com/scim/v2/Users?filter=…`. */
  line: text,
  headers: z.record(text, text),
  /** JSON, with what may not be seen masked. */
  body: z.exactOptional(z.unknown()),
  /** False for one that changes something: it was not sent. */
  sent: z.boolean(),
  /** Such as `HTTP 200`; of a request that was sent. */
  answer: z.exactOptional(text),
});

const attribute = z.object({
  /** In the system's words. */
  to: text,
  act: z.enum(['set', 'clear', 'leave', 'refuse']),
  why: text,
  value: z.exactOptional(z.unknown()),
});

const step = z.object({
  name: z.enum(EXPLAINED_STEPS),
  /** `stops`: it goes no further; `unknown`: it could not be found out. */
  is: z.enum(['well', 'stops', 'unknown']),
  words: text,
  details: z.array(text),
  requests: z.array(request),
  attributes: z.exactOptional(z.array(attribute)),
});

/** How a link came to be where it is, if that is no good place. */
const failure = z.object({
  state: text,
  code: text,
  words: text,
  attempts: z.number(),
  /** ISO 8601. */
  at: text,
});

/** What the function of a system says about one user. All texts may be somebody else's: print none as it is. */
export const explanation = z.object({
  system: text,
  /** True when personal data is shown. */
  revealed: z.boolean(),
  /** One per {@link EXPLAINED_STEPS}. */
  steps: z.array(step).check(z.length(EXPLAINED_STEPS.length)),
  lastFailure: z.exactOptional(failure),
});

export type Explanation = z.infer<typeof explanation>;
export type ExplainedStep = z.infer<typeof step>;
export type ExplainedRequest = z.infer<typeof request>;
export type ExplainedAttribute = z.infer<typeof attribute>;
