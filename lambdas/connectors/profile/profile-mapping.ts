import type { AccountRequest } from '../connector';
import { type Change, changesOf, valuesOf } from '../intent/changes-of';

/** A row of a profile table. The service looks its user up by `user_id`, the `sub` of the access token. */
export interface ProfileRow {
  readonly user_id: string;
  /** Missing in a row that the service made itself. */
  readonly externalId?: string;
  readonly [attribute: string]: unknown;
}

/** @param defaults the service's own attributes and their first values, such as `{ preferredCategories: [] }` */
export function toProfileRow(
  { externalId, userId, attributes }: AccountRequest,
  defaults: Readonly<Record<string, unknown>>,
): ProfileRow {
  const values = valuesOf(attributes)
    .filter(isTheirs)
    .map(({ to, value }) => [to, value]);
  return { ...defaults, ...Object.fromEntries(values), user_id: userId, externalId };
}

/** What differs in a row that is there. */
export function profileChanges(row: ProfileRow, { externalId, attributes }: AccountRequest): Change[] {
  const changes = changesOf(attributes, (to) => row[to]).filter(isTheirs);
  return row.externalId === externalId ? changes : [...changes, { to: 'externalId', value: externalId }];
}

/** What a profile cannot say of itself. */
const OURS: ReadonlySet<string> = new Set(['user_id', 'externalId', 'active']);

const isTheirs = ({ to }: Change) => !OURS.has(to);
