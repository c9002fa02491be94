import type { EventConnection } from '../../../events/event-schema';
import type { Invitation } from '../../../events/invitations/invitation';
import { invitationOfInvited } from '../../../events/invitations/precreated';
import { primaryConnectionOf, userAttributesOf } from '../../../events/user-attributes';
import type { Profile } from '../../auth0/management-api';
import { isVouchedFor, type TrustedConnections } from '../../connectors/accounts/vouching';
import type { Redemption } from '../redeem';
import type { KnownProfile } from './users-at';

/** Whose the address of an invitation is in Auth0. */
export type Whose =
  | { readonly kind: 'nobody' }
  /** Of the user whom we made for this invitation. */
  | { readonly kind: 'ours'; readonly profile: KnownProfile }
  /** Of one person who is there already, and whom somebody vouches for. */
  | {
      readonly kind: 'theirs';
      readonly user: Redemption['user'];
      readonly connection: EventConnection;
    }
  /** Somebody has it of whom this is not known, or several do: whoever gets the mail says who they are. */
  | { readonly kind: 'unclear' };

export interface Terms {
  /** Whose word counts that an address is verified, as at a login. */
  readonly trusted: TrustedConnections;
  /** `emit.attributes`. */
  readonly attributes: readonly string[];
}

/**
 * A user whose address nobody vouches for proves nothing: anybody can sign up with the address of somebody else, and
 * wait for what that person is invited to.
 */
export function whoseAddress(
  { id, precreated }: Pick<Invitation, 'id' | 'precreated'>,
  profiles: readonly KnownProfile[],
  terms: Terms,
): Whose {
  const ours = profiles.find(
    (profile) => profile.user_id === precreated || invitationOfInvited(profile) === id,
  );
  if (ours !== undefined) return { kind: 'ours', profile: ours };
  if (profiles.length === 0) return { kind: 'nobody' };
  const [owner, ...others] = profiles.flatMap((profile) => ownerIn(profile, terms) ?? []);
  return owner === undefined || others.length > 0 ? { kind: 'unclear' } : owner;
}

function ownerIn(
  profile: KnownProfile,
  { trusted, attributes }: Terms,
): (Whose & { kind: 'theirs' }) | undefined {
  const person = profile.blocked === true ? undefined : personIn(profile, attributes);
  if (person === undefined) return undefined;
  const isVouched = isVouchedFor({ type: 'user.logged-in', data: person }, trusted);
  return isVouched ? { kind: 'theirs', ...person } : undefined;
}

/** Whom a profile shows, as a login would; undefined where it does not say enough. */
export function personIn(
  profile: Profile,
  attributes: readonly string[],
): Pick<Whose & { kind: 'theirs' }, 'user' | 'connection'> | undefined {
  const { user_id } = profile;
  const connection = primaryConnectionOf(profile);
  const said = userAttributesOf(profile, attributes);
  if (said.created_at === undefined || connection === undefined) return undefined;
  return { user: { ...said, user_id } as Redemption['user'], connection };
}
