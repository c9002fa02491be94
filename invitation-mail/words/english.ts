import type { Words } from './words';

const UNEXPECTED = 'If you did not expect this e-mail, you can ignore it. Nothing happens until you';

export const english: Words = {
  kinds: {
    invitation: {
      subject: ['{sender} invites you to {application}', 'You are invited to {application}'],
      heading: 'You are invited to {application}',
      lead: 'Open the invitation, log in or sign up in whichever way you like, and confirm. What was prepared for you is then yours.',
      button: 'Open the invitation',
      unexpected: `${UNEXPECTED} confirm.`,
    },
    prepared: {
      subject: ['{sender} has prepared an account for you', 'Your account for {application} is prepared'],
      heading: 'Your account for {application} is prepared',
      lead: 'All that is missing is a password. Choose one, and log in with the address that this e-mail was sent to.',
      button: 'Choose a password',
      unexpected: `${UNEXPECTED} choose a password.`,
    },
    finalized: {
      subject: ['{sender} has opened {application} for you', '{application} is open for you'],
      heading: '{application} is open for you',
      lead: 'You have an account with this address already. What was prepared for you is in it: log in as always, there is nothing to confirm.',
      button: 'Go to {application}',
      unexpected: 'If you did not expect this e-mail, you can ignore it. Your password stays as it is.',
    },
  },
  bound: 'Please use an account with the address that this e-mail was sent to.',
  validUntil: 'The link is valid until {date} (UTC).',
  personal: 'It is meant for you alone. Please do not forward it.',
  address: 'If the button does not work, copy this address into your browser:',
};
