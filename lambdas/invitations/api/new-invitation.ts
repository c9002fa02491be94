import { type Invitation, MOST_EXPIRY_DAYS } from '../../../events/invitations/invitation';
import type { InviteBody } from '../../../events/invitations/schemas';
import { ApiProblem } from '../../provisioning-api/problem';
import { firstDue } from '../row-keys';
import { DAY_MS, type InvitationTerms } from './invitation-deps';

/** Clocks differ, and so does what 30 days are where the clock is changed in between. */
const LATEST_MS = MOST_EXPIRY_DAYS * DAY_MS + 2 * 60 * 60_000;

export interface Asked {
  readonly id: string;
  readonly body: InviteBody;
  readonly emailRef: string;
  readonly createdBy: string;
  readonly idempotency?: Invitation['idempotency'];
  /** Epoch ms. */
  readonly now: number;
}

/** The first row of an invitation. Throws the {@link ApiProblem} of what it must not say. */
export function newInvitation(asked: Asked, terms: InvitationTerms): Invitation {
  const { id, body, emailRef, createdBy, idempotency, now } = asked;
  const roles = rolesOf(body, terms);
  const expiresAt = expiryOf(body, terms, now);
  return {
    ...{ id, state: 'open', mode: body.mode ?? 'link' },
    // A role is worth more than what a forwarded mail proves.
    bind: body.bind ?? (roles.length > 0 ? 'verified-email' : 'none'),
    ...{ email: body.email, emailRef, roles, data: body.data ?? {} },
    ...{ application: applicationOf(body, terms), language: body.language ?? 'en' },
    ...{ createdAt: new Date(now).toISOString(), expiresAt, createdBy },
    ...{ secrets: [], sending: 1, revision: 1 },
    ...(idempotency && { idempotency }),
    ...firstDue(id, expiresAt),
  };
}

function rolesOf({ roles = [] }: InviteBody, terms: InvitationTerms): string[] {
  const unknown = roles.findIndex((role) => !terms.roles.includes(role));
  if (unknown >= 0) throw new ApiProblem(400, 'unknown-role', { detail: `body.roles.${unknown}` });
  return [...new Set(roles)];
}

function applicationOf({ application }: InviteBody, { applications }: InvitationTerms): string {
  const [first = ''] = applications;
  const named = application ?? first;
  if (applications.includes(named)) return named;
  throw new ApiProblem(400, 'unknown-application', { detail: 'body.application' });
}

function expiryOf(
  { expiresAt, expiresInDays }: InviteBody,
  { expiryDays }: InvitationTerms,
  now: number,
): string {
  if (expiresAt === undefined) return new Date(now + (expiresInDays ?? expiryDays) * DAY_MS).toISOString();
  const at = Date.parse(expiresAt);
  if (expiresInDays !== undefined)
    throw new ApiProblem(400, 'invalid-request', { detail: 'body.expiresInDays' });
  // The parts of a time may fit its form and be none: 31 February.
  if (!(at > now && at <= now + LATEST_MS))
    throw new ApiProblem(400, 'invalid-request', { detail: 'body.expiresAt' });
  return new Date(at).toISOString();
}
