import type { Words } from './words';

export const english: Words = {
  kinds: {
    accept: {
      heading: 'Your invitation to {application}',
      lead: 'Sign in or sign up in whatever way you like. What was prepared for you will be there.',
    },
    'wrong-account': {
      heading: 'This invitation is for another account',
      lead: 'Sign in with the account that has the address of the invitation, which is still good.',
    },
    'address-unverified': {
      heading: 'Please confirm your e-mail address first',
      lead: 'If a mail asked you to confirm it, follow its link and try again here. If none did, sign in with this address in another way, such as with a password. Your invitation is still good.',
    },
    leaving: { heading: 'One moment', lead: 'You are on your way to sign in.' },
    redeemed: {
      heading: 'Welcome! We are getting things ready',
      lead: 'You accepted the invitation. This takes a few seconds, and you continue automatically.',
    },
    arrived: { heading: 'Everything is ready', lead: 'You are on your way to {application}.' },
    accepted: {
      heading: 'You accepted this invitation already',
      lead: 'There is nothing left to do here. What it brought is waiting for you.',
    },
    failed: {
      heading: 'You accepted the invitation',
      lead: 'Not everything could be finished. You can continue to {application}; we look after the rest.',
    },
    expired: {
      heading: 'This invitation has expired',
      lead: 'Invitations are valid for a limited time. Please ask whoever invited you for a new one.',
    },
    revoked: {
      heading: 'This invitation was withdrawn',
      lead: 'If you think that is a mistake, please ask whoever invited you for a new one.',
    },
    used: {
      heading: 'This invitation was used already',
      lead: 'If it was you, go on with the account that you accepted it with. If not, please ask whoever invited you for a new one.',
    },
    unknown: {
      heading: 'This link does not work',
      lead: 'It is incomplete, or a newer mail has replaced it. Please open the link in your latest invitation mail, or ask whoever invited you for a new one.',
    },
    off: {
      heading: 'This invitation leads nowhere any more',
      lead: 'What you were invited to is no longer offered here. Please ask whoever invited you.',
    },
    over: {
      heading: 'This page is over',
      lead: 'Please open the link in your invitation mail once more, in this browser. Your invitation is still good.',
    },
    unavailable: {
      heading: 'This cannot be done just now',
      lead: 'The trouble is on our side, and your invitation is not lost. Please try again in a moment.',
    },
  },
  signedIn: 'You are signed in. Accept with this account, or choose another one.',
  facts: { boundTo: 'For', roles: 'You get', until: 'Valid until' },
  person: 'Signed in as',
  unfinished: 'You did not finish signing in. Your invitation is still good, and you can try again.',
  reassurance: 'Nothing happens before you accept.',
  buttons: {
    accept: 'Accept and sign in',
    acceptAs: 'Accept with this account',
    other: 'Use another account',
    again: 'Try again',
    go: 'Go to {application}',
    signIn: 'Continue',
  },
  news: { lost: 'The connection is interrupted. We keep trying.' },
};
