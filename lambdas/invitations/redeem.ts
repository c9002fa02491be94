import { attributeName } from '../../events/attribute-name';
import { buildEvent } from '../../events/build-event';
import type { AttributeValue, EventConnection, EventUser, UserEvent } from '../../events/event-schema';
import { type Invitation, stateAt } from '../../events/invitations/invitation';
import type { RedemptionOutcome } from '../../events/invitations/redemption';
import { isVouchedFor, type TrustedConnections } from '../connectors/accounts/vouching';
import { goneCodeOf, lifeOf } from '../provisioning-api/life-of';
import type { PublishOwn } from '../runtime/own-events';
import type { UserLink } from '../user-links/user-link';
import { changeInvitation } from './change-invitation';
import { CLOSED } from './check-token';
import type { Invitations } from './invitation-repository';
import { isRedeemedBy, type Redeemer, redeemed, told } from './transitions';

export interface RedeemDeps {
  readonly invitations: Pick<Invitations, 'get' | 'replace'>;
  readonly userRefOf: (userId: string) => Promise<string>;
  readonly emailRefOf: (email: string) => Promise<string>;
  /** Every link of a user, as it was last written. */
  readonly linksOf: (userRef: string) => Promise<readonly UserLink[]>;
  /** Whose word counts that an address is the user's own. */
  readonly trusted: TrustedConnections;
  /** `emit.attributes`: which keys of the data are attributes of users. */
  readonly attributes: readonly string[];
  readonly publish: PublishOwn;
  /** Epoch ms. */
  readonly now: () => number;
}

export interface Redemption {
  /** Of the invitation. */
  readonly id: string;
  /** Who redeems it, as somebody says who can be believed: an Action, or a token of the tenant. */
  readonly user: EventUser & { readonly created_at: string };
  /** By which they came this time. */
  readonly connection?: EventConnection | undefined;
  /** For the logs of the workers. */
  readonly requestId: string;
}

export interface Redeemed {
  readonly outcome: Exclude<RedemptionOutcome, 'unavailable'>;
  /** Present where there is one and the person may know of it. */
  readonly invitation?: Invitation;
}

/**
 * Gives an invitation to a person. Of two at once exactly one wins; the same person's repetition succeeds again, as the
 * first answer may have been lost. Whoever may not have it changes nothing. Rejects when a table or the topic fails: the
 * same call may then be made again.
 */
export async function redeem(deps: RedeemDeps, redemption: Redemption): Promise<Redeemed> {
  const { id, user } = redemption;
  const userRef = await deps.userRefOf(user.user_id);
  const by: Redeemer = { userRef, userId: user.user_id, generation: user.created_at };
  if (await isGone(deps, by)) return { outcome: 'wrong-account' };
  const emailRef = user.email === undefined ? undefined : await deps.emailRefOf(user.email);
  const may = {
    by,
    emailRef,
    isVerified: user.email_verified === true,
    isVouched: isVouched(deps, redemption),
  };
  const { ok, row } = await changeInvitation(deps.invitations, id, (found) =>
    refusalOf(found, may, deps.now()) === undefined ? redeemed(found, by, deps.now()) : undefined,
  );
  if (row === undefined) return { outcome: 'invitation-unknown' };
  const refusal = ok || isRedeemedBy(row, by) ? undefined : refusalOf(row, may, deps.now());
  if (refusal !== undefined) return { outcome: refusal };
  return { outcome: 'redeemed', invitation: await tell(deps, row, redemption) };
}

// Once: what was taken away from the person since is not to come back by a link in an old mail.
async function tell(deps: RedeemDeps, row: Invitation, redemption: Redemption): Promise<Invitation> {
  if (row.toldAt !== undefined) return row;
  const at = deps.now();
  await deps.publish(acceptedEvent(deps, row, redemption), redemption.requestId);
  const changed = await changeInvitation(deps.invitations, row.id, (found) => told(found, at));
  return changed.row ?? row;
}

interface May {
  readonly by: Redeemer;
  readonly emailRef: string | undefined;
  /** Somebody says that the address is theirs. */
  readonly isVerified: boolean;
  /** Somebody whose word counts does. */
  readonly isVouched: boolean;
}

type Refusal = Exclude<Redeemed['outcome'], 'redeemed'>;

function refusalOf(
  row: Invitation,
  { by, emailRef, isVerified, isVouched }: May,
  now: number,
): Refusal | undefined {
  const state = stateAt(row, now);
  if (state !== 'open') return CLOSED[state];
  if (row.bind === 'none') return undefined;
  // An invitation whose address is forgotten can be shown to be nobody's.
  if (row.emailRef === undefined || row.emailRef !== emailRef) return 'wrong-account';
  // Of whom we made ourselves nothing but our own mail can have verified it.
  const isProved = isVouched || (isVerified && row.precreated === by.userId);
  return isProved ? undefined : 'address-unverified';
}

const isVouched = ({ trusted }: RedeemDeps, { user, connection }: Redemption) =>
  isVouchedFor({ type: 'user.logged-in', data: { user, connection } }, trusted);

// Blocked, deleted or erased, however valid what they came with still is.
async function isGone({ linksOf }: RedeemDeps, { userRef, generation }: Redeemer): Promise<boolean> {
  const life = lifeOf(await linksOf(userRef), generation);
  return goneCodeOf(life, generation) !== undefined;
}

function acceptedEvent({ attributes, now }: RedeemDeps, row: Invitation, redemption: Redemption): UserEvent {
  const { connection } = redemption;
  // Its version is now: what it brings is news, whatever the profile was written last for.
  const { updated_at: _updatedAt, ...user } = redemption.user;
  const { id, roles, data } = row;
  return buildEvent({
    // Whoever redeems again tells the same again.
    ...{ id: `invitation-${id}`, source: 'urn:punctual:invitations', type: 'invitation.accepted' },
    at: now(),
    user: { ...user, ...broughtBy(row, attributes) },
    ...(connection && { connection }),
    invitation: { id, roles: [...roles], data: { ...data } },
  });
}

const PREFIX = 'app_metadata.invitation.';

/** What of the data systems may map: it reaches the profile a moment later, and every event after that one has it. */
function broughtBy({ id, data }: Invitation, attributes: readonly string[]) {
  // As the profile will have it: whatever is called id in the data, it is no invitation.
  const brought = new Map(Object.entries<AttributeValue>({ ...data, id }));
  return Object.fromEntries(
    attributes.flatMap((path) => {
      const value = path.startsWith(PREFIX) ? brought.get(path.slice(PREFIX.length)) : undefined;
      return value === undefined ? [] : [[attributeName(path), value]];
    }),
  );
}
