import type { FaultRule } from '../aws/faults';
import type { RemoteEffect } from '../remotes/remote-faults';

/** What can be said of a named fault besides how often it comes. */
export interface FaultDetails {
  readonly retryAfterSeconds?: number | undefined;
  readonly delayMs?: number | undefined;
  readonly lagSeconds?: number | undefined;
  readonly size?: number | undefined;
  readonly more?: number | undefined;
}

type TableEffect = Pick<FaultRule, 'when' | 'effect' | 'status' | 'code' | 'delayMs'>;

/** A fault that people ask for by its name. */
export interface NamedFault {
  /** Words for the table of the README. */
  readonly does: string;
  /** In a system behind HTTP. */
  readonly remote?: (details: FaultDetails) => RemoteEffect;
  /** In a system that is a table. */
  readonly table?: (details: FaultDetails) => TableEffect;
  readonly detail?: keyof FaultDetails;
}

const before = <Effect extends string>(effect: Effect) => ({ when: 'before', effect }) as const;
const after = <Effect extends string>(effect: Effect) => ({ when: 'after', effect }) as const;
const table = (status: number, code: string) => () => ({ ...before('error'), status, code });

const NAMED_FAULTS = {
  conflict: {
    does: 'says 409: something is there already',
    remote: () => ({ ...before('error'), status: 409 }),
    table: table(400, 'ConditionalCheckFailedException'),
  },
  throttled: {
    does: 'says 429, with `Retry-After` in seconds: `retryAfterSeconds`, 30 without',
    detail: 'retryAfterSeconds',
    remote: ({ retryAfterSeconds = 30 }) => ({ ...before('error'), status: 429, retryAfterSeconds }),
    table: table(400, 'ThrottlingException'),
  },
  'throttled-until': {
    does: 'the same, with `Retry-After` as an HTTP date',
    detail: 'retryAfterSeconds',
    remote: ({ retryAfterSeconds = 30 }) => ({
      ...before('error'),
      ...{ status: 429, retryAfterSeconds, retryAfterAs: 'date' },
    }),
  },
  'server-error': {
    does: 'says 500',
    remote: () => ({ ...before('error'), status: 500 }),
    table: table(500, 'InternalServerError'),
  },
  unavailable: {
    does: 'says 503, with `Retry-After` where `retryAfterSeconds` are given',
    detail: 'retryAfterSeconds',
    remote: ({ retryAfterSeconds }) => ({
      ...before('error'),
      ...{ status: 503, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
    }),
    table: table(503, 'ServiceUnavailable'),
  },
  unauthorized: {
    does: 'says 401, whatever the token',
    remote: () => ({ ...before('error'), status: 401 }),
    table: table(400, 'AccessDeniedException'),
  },
  'token-expired': {
    does: 'says 401 to the token that is good now, until its secret has another value',
    remote: () => ({ effect: 'token-expired' }),
  },
  reset: {
    does: 'breaks the connection before the call took effect',
    remote: () => before('reset'),
    table: () => before('reset'),
  },
  'reset-after': {
    does: 'does what was asked, then breaks the connection',
    remote: () => after('reset'),
    table: () => after('reset'),
  },
  timeout: {
    does: 'never answers, and does nothing',
    remote: () => before('hang'),
    table: () => before('hang'),
  },
  'timeout-after': {
    does: 'does what was asked, and never answers',
    remote: () => after('hang'),
    table: () => after('hang'),
  },
  'error-after': {
    does: 'does what was asked, then says 500',
    remote: () => ({ ...after('error'), status: 500 }),
    table: () => ({ ...after('error'), status: 500, code: 'InternalServerError' }),
  },
  'slow-body': {
    does: 'answers by half, and the rest `delayMs` real milliseconds later; 15,000 without more',
    detail: 'delayMs',
    remote: ({ delayMs = 15_000 }) => ({ effect: 'slow-body', delayMs }),
    table: ({ delayMs = 15_000 }) => ({ ...after('slow'), delayMs }),
  },
  'malformed-json': {
    does: 'does what was asked, and answers with JSON that breaks off',
    remote: () => ({ effect: 'malformed-json' }),
  },
  'wrong-schema': {
    does: 'does what was asked, and answers with JSON that is something else',
    remote: () => ({ effect: 'wrong-schema' }),
  },
  'late-search': {
    does: 'shows a new account in searches only after `lagSeconds` of virtual time; 10 without more',
    detail: 'lagSeconds',
    remote: ({ lagSeconds = 10 }) => ({ effect: 'late-search', lagSeconds }),
  },
  paging: {
    does: 'shows `size` results of a search at most and says how many there are; 1 without more',
    detail: 'size',
    remote: ({ size = 1 }) => ({ effect: 'paging', size }),
  },
  'more-results': {
    does: 'says of a search that there are `more` results than it shows; 1 without more',
    detail: 'more',
    remote: ({ more = 1 }) => ({ effect: 'more-results', more }),
  },
  'filter-ignored': {
    does: 'answers a search with everybody',
    remote: () => ({ effect: 'filter-ignored' }),
  },
  killed: {
    does: "ends the connector's instances before the call took effect",
    remote: () => before('kill'),
    table: () => before('kill'),
  },
  'killed-after': {
    does: "does what was asked, then ends the connector's instances",
    remote: () => after('kill'),
    table: () => after('kill'),
  },
} as const satisfies Record<string, NamedFault>;

export type FaultName = keyof typeof NAMED_FAULTS;

export const FAULT_NAMES = Object.keys(NAMED_FAULTS) as FaultName[];

export const namedFault = (name: FaultName): NamedFault => NAMED_FAULTS[name];
