import * as z from 'zod';
import { FAULT_NAMES, type FaultName } from './named-faults';

const FREQUENCY = {
  skip: z.int().min(0).optional(),
  times: z.int().positive().optional(),
  probability: z.number().positive().max(1).optional(),
  seconds: z.number().positive().optional(),
};

const DETAILS = {
  retryAfterSeconds: z.int().min(0).optional(),
  delayMs: z.int().positive().max(60_000).optional(),
  lagSeconds: z.number().positive().optional(),
  size: z.int().min(0).optional(),
  more: z.int().positive().optional(),
};

/** A fault by its name, in a system by its name. */
export const NAMED_FAULT = z.strictObject({
  system: z.string(),
  fault: z.enum(FAULT_NAMES as [FaultName, ...FaultName[]]),
  operation: z.string().optional(),
  ...FREQUENCY,
  ...DETAILS,
});

export type AskedFault = z.output<typeof NAMED_FAULT>;

const status = z.int().min(400).max(599).optional();
const when = z.enum(['before', 'after']);

/** A rule in all its details, for calls of AWS services. */
const SERVICE_FAULT = z.strictObject({
  service: z.enum(['dynamodb', 'events', 'execute-api', 'ses', 'sqs', 'sns', 'secretsmanager']).optional(),
  ...{ operation: z.string().optional(), caller: z.string().optional(), resource: z.string().optional() },
  ...{ when, effect: z.enum(['error', 'kill', 'hang', 'reset', 'slow', 'repeat']), status },
  ...{ delayMs: DETAILS.delayMs, code: z.string().optional() },
  ...FREQUENCY,
});

/** A rule in all its details, for calls of a remote system. */
const REMOTE_FAULT = z.strictObject({
  ...{ remote: z.string(), operation: z.string().optional(), status },
  ...{ when, effect: z.enum(['error', 'kill', 'hang', 'reset']) },
  headers: z.record(z.string(), z.string()).optional(),
  ...FREQUENCY,
});

export const ANY_FAULT = z.union([NAMED_FAULT, SERVICE_FAULT, REMOTE_FAULT]);
