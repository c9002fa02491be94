import type { UserLink } from '../../user-links/user-link';
import type { TokenCheck } from '../check-token';
import type { Invitations } from '../invitation-repository';
import type { Redeemed, Redemption } from '../redeem';
import type { InvitationRing } from '../token/invitation-ring';
import type { Arrive } from './arrival';
import type { FlowCookies } from './flow-cookies';
import type { PageSettings } from './page-settings';

/** What the routes of the pages work with. */
export interface PageDeps {
  readonly settings: PageSettings;
  readonly cookies: FlowCookies;
  readonly checkToken: (token: unknown) => Promise<TokenCheck>;
  readonly invitations: Pick<Invitations, 'get'>;
  readonly ring: () => Promise<InvitationRing>;
  readonly arrive: Arrive;
  readonly redeem: (redemption: Redemption) => Promise<Redeemed>;
  readonly userRefOf: (userId: string) => Promise<string>;
  readonly linksOf: (userRef: string) => Promise<readonly UserLink[]>;
  readonly pause: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
}
