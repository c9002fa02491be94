import { type Invitation, stateAt } from '../../../events/invitations/invitation';
import type { InvitationView, OwnInvitation } from '../../../events/invitations/schemas';

/** An invitation as those see it who look after them, at `now` (epoch ms): nothing in it opens it. */
export function invitationViewOf(row: Invitation, now: number): InvitationView {
  const { id, mode, bind, email, roles, data, application, language } = row;
  const { createdAt, expiresAt, createdBy, sending, mail } = row;
  const { redeemedBy, redeemedAt, precreation, revokedAt } = row;
  return {
    ...{ id, state: stateAt(row, now), mode, bind },
    ...(email !== undefined && { email }),
    ...{ roles: [...roles], data: { ...data }, application, language },
    ...{ createdAt, expiresAt, createdBy, sending },
    ...(mail && { mail }),
    ...(redeemedBy !== undefined && { redeemedBy }),
    ...(redeemedAt !== undefined && { redeemedAt }),
    ...(precreation !== undefined && { precreation }),
    ...(revokedAt !== undefined && { revokedAt }),
  };
}

/** An invitation as the person sees it who accepted it. */
export function ownInvitationOf({
  id,
  redeemedAt = '',
  roles,
  data,
  application,
}: Invitation): OwnInvitation {
  return { id, redeemedAt, roles: [...roles], data: { ...data }, application };
}
