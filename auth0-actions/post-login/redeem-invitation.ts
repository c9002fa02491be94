import type { RedemptionOutcome } from '../../events/invitations/redemption';
import type { Grant } from '../../events/login-tokens';
import { readNames, readValue } from '../../events/read-value';
import type { Emission } from '../emit/emit';
import { connectionSnapshot, userSnapshot } from '../emit/user-snapshot';
import { type AskDeps, askSigned, type SignedQuestion } from './ask-signed';
import type { PendingInvitation } from './pending-invitation';

/** How it went; with `answered` there is an outcome that stays so, whoever asks again. */
export interface Redemption extends Emission {
  readonly outcome?: Settled;
  /** What it grants the person, which may be on its way to them. */
  readonly grant?: Grant;
  /** Names of the roles of it, once the person has them. */
  readonly given?: readonly string[];
}

type Settled = Exclude<RedemptionOutcome, 'unavailable'>;

const SETTLED = {
  redeemed: true,
  ...{ 'invitation-expired': true, 'invitation-revoked': true, 'invitation-used': true },
  ...{ 'invitation-unknown': true, 'wrong-account': true, 'address-unverified': true },
} as const satisfies Record<Settled, true>;

export interface RedemptionQuestion extends Omit<SignedQuestion, 'body'> {
  readonly pending: PendingInvitation;
  readonly attributes: readonly string[];
  /** Epoch ms until which the login can wait for what is granted. */
  readonly waitUntil?: number;
}

/** Redeems an invitation for the person who logs in. Throws `NotEmitted`. */
export async function redeemInvitation(
  event: unknown,
  { pending, attributes, waitUntil, ...where }: RedemptionQuestion,
  deps: AskDeps,
): Promise<Redemption> {
  const body = {
    ...(pending.brought ?? { invitation: pending.madeFor, seenAt: deps.now() }),
    user: userSnapshot(event, attributes),
    connection: connectionSnapshot(event),
    waitUntil,
  };
  const { json, ...ended } = await askSigned({ ...where, body }, deps);
  const outcome = readValue(json, 'outcome');
  if (ended.code !== 'answered') return ended;
  if (!isSettled(outcome)) return { ...ended, code: 'refused' };
  return { ...ended, outcome, ...(outcome === 'redeemed' ? grantIn(json) : {}) };
}

function grantIn(json: unknown): Pick<Redemption, 'grant' | 'given'> {
  const [roles, at] = [readNames(json, 'grant.roles'), readValue(json, 'grant.at')];
  if (roles === undefined || typeof at !== 'number') return {};
  const grant = { roles, at };
  return readValue(json, 'grant.isThere') === true ? { grant, given: roles } : { grant };
}

const isSettled = (outcome: unknown): outcome is Settled =>
  typeof outcome === 'string' && Object.hasOwn(SETTLED, outcome);
