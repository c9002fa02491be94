import type { Words } from './words';

export const english: Words = {
  phases: {
    waiting: {
      heading: 'Getting things ready for you',
      lead: 'This takes a few seconds, and you continue automatically once it is done.',
    },
    ready: { heading: 'Everything is ready', lead: 'You can continue now.' },
    late: {
      heading: 'You can continue',
      lead: 'What is not ready yet will be finished in the background.',
    },
    failed: {
      heading: 'Not everything could be finished',
      lead: 'You can continue without it. We will look after the rest.',
    },
    stopped: {
      heading: 'We cannot sign you in just now',
      lead: 'Something that you need here could not be finished. Please try again later.',
    },
    again: {
      heading: 'This sign-in has already continued',
      lead: 'It may be open in another tab. If it is not, press Continue, or go back and sign in again.',
    },
    stuck: {
      heading: 'This takes longer than it should',
      lead: 'Press Continue to try again, or go back and sign in again.',
    },
    expired: {
      heading: 'This page has expired',
      lead: 'It is valid for a few minutes only, to keep your account safe. Please go back and sign in again.',
    },
    forged: {
      heading: 'This link does not work',
      lead: 'It is incomplete or was changed on its way. Please go back and sign in again.',
    },
    unavailable: {
      heading: 'This page cannot be shown just now',
      lead: 'The trouble is on our side. Please go back and sign in again in a moment.',
    },
  },
  standings: {
    waiting: 'getting ready',
    ready: 'ready',
    failed: 'could not be finished',
    'not-needed': 'not needed',
    later: 'follows later',
  },
  progress: '{ready} of {all} ready',
  limit: ['You continue in {count} second at the latest.', 'You continue in {count} seconds at the latest.'],
  countdown: ['You continue in {count} second.', 'You continue in {count} seconds.'],
  lost: 'The connection is interrupted. We keep trying.',
  found: 'The connection is back.',
  buttons: { skip: 'Continue without waiting', go: 'Continue', leave: 'End sign-in' },
  back: 'Back to the application',
};
