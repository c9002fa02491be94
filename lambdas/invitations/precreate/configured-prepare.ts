import type { Invitation } from '../../../events/invitations/invitation';
import type { ManagementApi } from '../../auth0/management-api';
import type { PublishOwn } from '../../runtime/own-events';
import type { UserLink } from '../../user-links/user-link';
import type { Invitations } from '../invitation-repository';
import { redeem } from '../redeem';
import type { PrecreationSettings } from './precreation-settings';
import { type Prepared, prepare } from './prepare';
import { createProvisionAhead } from './provision-ahead';

export interface ConfiguredPrepareDeps {
  readonly settings: PrecreationSettings;
  /** `emit.attributes`. */
  readonly attributes: readonly string[];
  readonly api: ManagementApi;
  readonly invitations: Pick<Invitations, 'get' | 'replace'>;
  readonly userRefOf: (userId: string) => Promise<string>;
  readonly emailRefOf: (email: string) => Promise<string>;
  readonly linksOf: (userRef: string) => Promise<readonly UserLink[]>;
  readonly publish: PublishOwn;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What is done before the mail of an invitation of the mode `precreate`, as the function was told. */
export function configuredPrepare({
  settings,
  api,
  ...deps
}: ConfiguredPrepareDeps): (row: Invitation, requestId: string) => Promise<Prepared> {
  const { connection, clientIds, trusted, ahead } = settings;
  const { attributes, invitations, now } = deps;
  const provision = ahead && createProvisionAhead({ ...deps, ...ahead });
  const redeemDeps = { ...deps, trusted };
  return (row, requestId) =>
    prepare(
      {
        ...{ api, invitations, attributes, now, connection, clientIds, trusted, provision },
        redeem: (redemption) => redeem(redeemDeps, redemption),
      },
      row,
      requestId,
    );
}
