import type { Journeys } from './journey';
import { makeAhead } from './walk-ahead';
import { giveAtOnce, redeemAtLogin } from './walk-grants';
import { openLink } from './walk-links';
import { bounce, parkMail, throttleMail } from './walk-mails';

export const SWEPT = 'an invitation ends by the clock, and with it who was made ahead for it';

/** From the call that invites somebody to what is given, or taken back. */
export const OF_INVITATIONS: Journeys = {
  'somebody who is there already is given what an invitation brings': giveAtOnce,
  'somebody redeems in a login': redeemAtLogin,
  'somebody opens the link of an invitation': openLink,
  'an invitation is withdrawn, and with it who was made ahead for it': (walked) =>
    makeAhead(walked, 'revocation'),
  [SWEPT]: (walked) => makeAhead(walked, 'expiry'),
  'the mail of an invitation bounces': bounce,
  'the mail of an invitation is not taken at first': throttleMail,
  'what is no mail is parked': parkMail,
};
