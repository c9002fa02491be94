import type { InvitationView } from '../../events/invitations/schemas';
import { defineCommand, type Report } from '../command';
import { type ChangeDeps, changeInvitation, ID_OPTION, YES_OPTION } from './change-invitation';
import type { ChangeArgs } from './resend';

export const revoke = defineCommand({
  usage: 'invitation revoke <id>',
  summary: 'withdraws an invitation that nobody accepted',
  details:
    'Says what it would do; with --yes it does it. There is no way back: invite them again. Of one that is withdrawn already it says so.',
  options: { id: ID_OPTION, yes: YES_OPTION },
  examples: [['invitation revoke 8sGk2vQ0yYkz1mJr3wXb5A --yes', 'does it']],
  endsWithOne: 'there is no such invitation, or it is not open any more',
  run: revokeInvitation,
});

export function revokeInvitation(args: ChangeArgs, deps: ChangeDeps): Promise<Report> {
  return changeInvitation(
    {
      ...args,
      act: 'invitation revoke',
      route: 'POST /invitations/{invitation}/revocation',
      would: 'Would withdraw it. Its link would say so from then on.',
      did: 'It is withdrawn: its link says so.',
      already: { is: isWithdrawn, words: 'It is withdrawn already.' },
      mayApply: ({ state }) => state === 'open' || state === 'revoked',
    },
    deps,
  );
}

// A user who was made ahead for it may still be there, whom the same again takes back.
const isWithdrawn = ({ state, mode }: InvitationView) => state === 'revoked' && mode !== 'precreate';
