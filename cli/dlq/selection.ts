import type { QueuedMessage } from '../aws/queues';
import { usageError } from '../cli-error';
import { readParked } from './parked-message';

/** Which messages of a queue are meant. */
export interface SelectionFlags {
  readonly code?: string | undefined;
  readonly id?: string | undefined;
  readonly all?: boolean | undefined;
}

export interface Selection {
  /** For people and the audit: `with code crashed`. */
  readonly words: string;
  readonly isAll: boolean;
  /** Of the one message that is meant, or how it begins. */
  readonly id?: string;
  readonly matches: (message: QueuedMessage) => boolean;
}

/** What `show` selects by. */
export const FILTER_OPTIONS = {
  code: { type: 'string', description: 'those with this code; none: those without one' },
  id: { type: 'string', description: 'the one with this id; its first 8 characters do' },
} as const;

export const SELECTION_OPTIONS = {
  ...FILTER_OPTIONS,
  all: { type: 'boolean', default: false, description: 'every message' },
  yes: { type: 'boolean', default: false, description: 'does it; without it nothing is changed' },
} as const;

/** What the flags select; a flag that is missing selects everything. */
export function filterOf({ code, id }: SelectionFlags): Selection {
  if (code !== undefined && id !== undefined) throw usageError('Give --code or --id, not both');
  if (id !== undefined)
    return { isAll: false, id, words: `with id ${id}`, matches: (message) => message.id.startsWith(id) };
  if (code === undefined) return { isAll: true, words: '', matches: () => true };
  return {
    isAll: false,
    words: `with code ${code}`,
    matches: (message) => readParked(message).code === code,
  };
}

/** Of eight hexadecimal digits no two messages have the same, but by a chance of one in four thousand million. */
const SHORTEST_ID = 8;

/** As {@link filterOf}, for what changes something: one of the flags must say what. */
export function selectionOf(flags: SelectionFlags): Selection {
  const given = [flags.code, flags.id, flags.all || undefined].filter((flag) => flag !== undefined);
  if (given.length !== 1) throw usageError('Give one of --code, --id and --all');
  if (flags.id !== undefined && flags.id.length < SHORTEST_ID)
    throw usageError(`--id is ${flags.id}, and needs the first ${SHORTEST_ID} characters at least`);
  return filterOf(flags);
}
