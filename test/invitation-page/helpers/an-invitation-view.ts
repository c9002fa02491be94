import type {
  AcceptView,
  InvitationView,
  InvitationViewKind,
  RedeemedView,
} from '../../../invitation-page/invitation-view';

const common = { language: 'en', brand: {} } as const;
const destination = {
  label: 'Acme Shop',
  url: 'https://shop.acme.com/login?iss=https%3A%2F%2Flogin.acme.com%2F',
};
const form = { action: 'https://invitations.example.com/confirm', flow: 'flow-1', proof: 'proof-1' };
const PERSON = 'grace@example.com';

export const anAcceptView = (given: Partial<AcceptView> = {}): AcceptView => ({
  ...{ kind: 'accept', ...common, destination, form, isUnfinished: false },
  ...{ person: PERSON, boundTo: PERSON, roles: ['editor'], expiresAt: Date.parse('2026-11-29T05:11:00Z') },
  ...given,
});

export const aRedeemedView = (given: Partial<RedeemedView> = {}): RedeemedView => ({
  ...{ kind: 'redeemed', ...common, destination, leftMs: 8_000 },
  progressUrl: 'https://invitations.example.com/progress?flow=flow-1',
  ...given,
});

const hindered = { form, person: 'grace.hopper@navy.example', boundTo: PERSON };

/** Every page that there is, each with all that it may show. */
export const EVERY_VIEW: Readonly<Record<InvitationViewKind, InvitationView>> = {
  accept: anAcceptView(),
  'wrong-account': { kind: 'wrong-account', ...common, ...hindered },
  'address-unverified': { kind: 'address-unverified', ...common, ...hindered },
  leaving: { kind: 'leaving', ...common, url: 'https://login.acme.com/authorize?state=1&nonce=2' },
  redeemed: aRedeemedView(),
  arrived: { kind: 'arrived', ...common, destination },
  accepted: { kind: 'accepted', ...common, destination },
  failed: { kind: 'failed', ...common, destination },
  expired: { kind: 'expired', ...common, destination },
  revoked: { kind: 'revoked', ...common, destination },
  used: { kind: 'used', ...common, destination },
  unknown: { kind: 'unknown', ...common, destination },
  off: { kind: 'off', ...common },
  over: { kind: 'over', ...common, destination },
  unavailable: { kind: 'unavailable', ...common, retryUrl: '' },
};
