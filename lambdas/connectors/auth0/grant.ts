import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '../../auth0/management-api';
import type { AcceptedInvitation } from '../connector';

/** What users have of invitations: in their `app_metadata`, where every later event takes it from. */
export interface Grant {
  /** `app_metadata.invitation`: id and data of the one that was accepted last, and the data of those before. */
  readonly invitation: Readonly<Record<string, unknown>>;
  readonly note: Note;
}

/** `app_metadata.punctual_grant`: what takes it away again, or puts another one in its order. */
export interface Note {
  /** Epoch ms at which the latest of them was accepted. */
  readonly at: number;
  /** Ids of the roles that the user had not and got. */
  readonly roles: readonly string[];
}

/** Undefined for somebody who has none. */
export function grantIn({ app_metadata: metadata }: Profile): Grant | undefined {
  const { invitation, punctual_grant: note } = objectOf(metadata);
  if (invitation === undefined || invitation === null) return undefined;
  const { at, roles } = objectOf(note);
  return {
    invitation: objectOf(invitation),
    note: {
      at: typeof at === 'number' ? at : 0,
      roles: Array.isArray(roles) ? roles.filter((one): one is string => typeof one === 'string') : [],
    },
  };
}

/** What there is with one more; of two that say something of the same, the one that was accepted later counts. */
export function grantWith(
  before: Grant | undefined,
  { id, data, at }: AcceptedInvitation,
  given: readonly string[],
): Grant {
  const { invitation = {}, note = { at: 0, roles: [] } } = before ?? {};
  // Whatever is called id in the data, it is no invitation.
  const brought = { ...data, id };
  return {
    invitation: at >= note.at ? { ...invitation, ...brought } : { ...brought, ...invitation },
    note: { at: Math.max(at, note.at), roles: [...new Set([...note.roles, ...given])].toSorted() },
  };
}

export const metadataOf = ({ invitation, note }: Grant) => ({ invitation, punctual_grant: note });

export const NO_METADATA = { invitation: null, punctual_grant: null };

export const isSameGrant = (one: Grant | undefined, other: Grant): boolean => isDeepStrictEqual(one, other);

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}
