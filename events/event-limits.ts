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
