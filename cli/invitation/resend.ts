import { defineCommand, type Report } from '../command';
import { type ChangeDeps, changeInvitation, ID_OPTION, YES_OPTION } from './change-invitation';

export const resend = defineCommand({
  usage: 'invitation resend <id>',
  summary: 'sends the mail anew; links of earlier mails are dead from then on',
  details: 'Says what it would do; with --yes it does it. It ends when it would have ended.',
  options: { id: ID_OPTION, yes: YES_OPTION },
  examples: [['invitation resend 8sGk2vQ0yYkz1mJr3wXb5A --yes', 'does it']],
  endsWithOne: 'there is no such invitation, or it is not open any more',
  run: resendInvitation,
});

export interface ChangeArgs {
  readonly id: string;
  readonly yes: boolean;
}

export function resendInvitation(args: ChangeArgs, deps: ChangeDeps): Promise<Report> {
  return changeInvitation(
    {
      ...args,
      act: 'invitation resend',
      route: 'POST /invitations/{invitation}/resend',
      would: 'Would send its mail anew. The links of earlier ones would be dead.',
      did: 'Its mail is on its way, and the links of earlier ones are dead.',
    },
    deps,
  );
}
