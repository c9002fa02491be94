/**
 * What the API takes at most (`events/schema/event.schema.json`; a test compares). The schema itself would
 * cost the bundle its validator, and a value beyond a bound would cost the person the registration.
 */
export const LIMITS = {
  userId: 1024,
  email: 320,
  username: 256,
  connectionName: 128,
  connectionStrategy: 64,
  attributeText: 1024,
  listItems: 50,
  listItemText: 1024,
  userProperties: 42,
  eventId: 256,
  eventType: 128,
  /** The event's source is this and `urn:auth0:`. */
  tenant: 1014,
} as const;

/**
 * One time-out for everything an Action does. Auth0 advises less than 10 s per request and gives all Actions of
 * a trigger 20 s together; a registration may wait for us once, for 1.5 s, when everything behind us is down.
 */
export const BUDGET_MS = 1500;

/** Before the retry: long enough for a broken connection to be replaced, short enough to fit the budget. */
export const RETRY_PAUSE_MS = 100;

/** Auth0 keeps 256 characters of what an Action prints. */
export const LOG_LINE_LENGTH = 256;
