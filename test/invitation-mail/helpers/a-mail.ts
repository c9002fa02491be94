import type { FinalizedView, InvitationView, PreparedView } from '../../../invitation-mail/mail-view';

const LINK = 'https://invitation.example.com/?invitation=id.secret';
const SHARED = { language: 'en', brand: { name: 'Acme' }, application: 'Acme Shop', link: LINK } as const;
const expiresAt = Date.parse('2026-11-29T05:11:00Z');

export const anInvitation = (given: Partial<InvitationView> = {}): InvitationView => ({
  ...SHARED,
  ...{ kind: 'invitation', expiresAt, isBound: false },
  ...given,
});

export const aPreparedAccount = (given: Partial<PreparedView> = {}): PreparedView => ({
  ...SHARED,
  ...{ kind: 'prepared', expiresAt },
  ...given,
});

export const aFinalizedAccount = (given: Partial<FinalizedView> = {}): FinalizedView => ({
  ...SHARED,
  kind: 'finalized',
  ...given,
});
