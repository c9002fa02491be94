import { primaryConnectionOf, userAttributesOf } from '../../../events/user-attributes';
import { askEvent } from '../../provisioning-api/ask-event';
import { brings, type JitSwitches } from '../../provisioning-api/jit-switches';
import { profileOf } from '../../provisioning-api/profile';
import type { PublishOwn } from '../../runtime/own-events';
import type { PrepareDeps } from './prepare';

export interface ProvisionAheadDeps {
  /** Those in which people have accounts without asking for them. */
  readonly systems: readonly string[];
  readonly jit: JitSwitches;
  /** `emit.attributes`. */
  readonly attributes: readonly string[];
  readonly userRefOf: (userId: string) => Promise<string>;
  readonly publish: PublishOwn;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Has each system make the account of a user who never logged in, as their first login would. */
export function createProvisionAhead(deps: ProvisionAheadDeps): NonNullable<PrepareDeps['provision']> {
  return async (user, requestId) => {
    const said = userAttributesOf(user, deps.attributes);
    const connection = primaryConnectionOf(user);
    const asked = {
      ...{ userId: user.user_id, userRef: await deps.userRefOf(user.user_id), country: undefined },
      ...{ profile: profileOf({ user: said, connection }), at: deps.now() },
    };
    const isBrought = (system: string) =>
      connection === undefined || brings(deps.jit, connection.name, system);
    await Promise.all(
      deps.systems.filter(isBrought).map((system) => deps.publish(askEvent({ ...asked, system }), requestId)),
    );
  };
}
