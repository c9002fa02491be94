import type { ExpectedSystem } from '../../events/readiness';
import type { AuditRepository } from '../audit/audit-repository';
import type { InvitationDeps } from '../invitations/api/invitation-deps';
import type { Log } from '../runtime/logger';
import type { PublishOwn } from '../runtime/own-events';
import type { UserLink } from '../user-links/user-link';
import type { UserLinks } from '../user-links/user-link-repository';
import type { ChangeAuth0User, ReadAuth0User } from './auth0-users';
import type { JitSwitches } from './jit-switches';
import type { Page, PageAsked } from './unsettled-page';
import type { WaitingRoom } from './waiting-room';

/** What the routes work with. */
export interface ApiDeps {
  /** Names of all systems that have links. */
  readonly systems: readonly string[];
  /** `emit.attributes`, where Auth0 may be asked. */
  readonly attributes?: readonly string[];
  /** Names in `user_metadata` that people may change themselves. */
  readonly own: readonly string[];
  /** Writes what they change; absent where the configuration lets nobody come to Auth0. */
  readonly changeAuth0User?: ChangeAuth0User;
  /** Names of those in which invitations alone make accounts. */
  readonly byInvitation: readonly string[];
  /** Names of the systems that take events and have no links. */
  readonly consumers: readonly string[];
  /** What the names of our claims begin with. */
  readonly claimNamespace: string;
  /** Which connections bring accounts, and where. */
  readonly jit: JitSwitches;
  /** What Auth0 knows of a user; absent where the configuration lets nobody ask it. */
  readonly auth0User?: ReadAuth0User;
  /** Absent where none are configured. */
  readonly invitations?: InvitationDeps;
  /** Every system as it is to know a person who comes by a connection; undefined where that is not known. */
  readonly expected: (connection: string | undefined) => readonly ExpectedSystem[];
  readonly userRefOf: (userId: string) => Promise<string>;
  readonly links: Pick<UserLinks, 'get' | 'claim'>;
  /** Every link of a user, as it was last written. */
  readonly linksOf: (userRef: string) => Promise<readonly UserLink[]>;
  /** A page of the index of links that wait or need somebody. */
  readonly unsettledPage: (asked: PageAsked) => Promise<Page>;
  /** What cursors are signed with. */
  readonly cursorKey: () => Promise<string>;
  readonly publish: PublishOwn;
  /** Where what administrators do is noted. */
  readonly audit: AuditRepository;
  readonly log: Log;
  readonly waitingRoom: WaitingRoom;
  readonly pause: (ms: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
}
