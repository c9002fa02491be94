import type { EventConnection, EventInvitation, EventUser, UserEvent } from './event-schema';
import type { EventType } from './event-types';

export interface EventParts {
  /** Unique per source; the same fact told twice has the same id. */
  readonly id: string;
  /** URI of who tells, such as `urn:auth0:acme`. */
  readonly source: string;
  readonly type: EventType;
  /** Epoch ms at which it happened. */
  readonly at: number;
  readonly user: EventUser;
  readonly connection?: EventConnection;
  /** Names of the connections of all of the user's identities. */
  readonly connections?: readonly string[];
  /** Name of the one system the event is meant for; all systems when absent. */
  readonly system?: string;
  /** The country that an account is asked for in. */
  readonly country?: string;
  /** The system's own id of the account that it made. */
  readonly accountId?: string;
  /** What the user accepted. */
  readonly invitation?: EventInvitation;
}

/** A CloudEvents 1.0 event. */
export function buildEvent({
  id,
  source,
  type,
  at,
  user,
  connection,
  connections,
  system,
  country,
  accountId,
  invitation,
}: EventParts): UserEvent {
  const data = {
    user,
    ...(connection === undefined ? {} : { connection }),
    ...(connections === undefined ? {} : { connections }),
    ...(system === undefined ? {} : { system }),
    ...(country === undefined ? {} : { country }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(invitation === undefined ? {} : { invitation }),
  };
  // The cast: TypeScript cannot tell the named fields from the index signature of the extension attributes.
  return { specversion: '1.0', id, source, type, time: new Date(at).toISOString(), data } as UserEvent;
}

/**
 * The text of an event to sign and send. JSON leaves U+FFFE and U+FFFF as they are, which are no characters of
 * XML: SQS would replace them, and the signature would no longer match.
 */
export function toBody(event: UserEvent): string {
  return JSON.stringify(event).replace(
    /[\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}
