import { customKind } from './custom-subject';
import { eventbridgeKind } from './eventbridge-subject';
import type { HandoverKind } from './handover-subject';
import { profileKind } from './profile-subject';
import { scimKind } from './scim-subject';
import type { Kind } from './subject';
import { webhookKind } from './webhook-subject';

/** Every kind of system that has a connector. One that is in the configuration and not here fails a test. */
export const KINDS: Readonly<Record<string, Kind>> = {
  custom: customKind,
  profile: profileKind,
  scim: scimKind,
};

/** Kinds that hand over look nothing up, so that they have a shorter contract. */
export const HANDOVER_KINDS: Readonly<Record<string, HandoverKind>> = {
  webhook: webhookKind,
  eventbridge: eventbridgeKind,
};
