import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError } from '../cli-error';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { type ApiDeps, callApi } from './call-api';
import { idOf } from './id-of';
import { schemas } from './schemas';
import { shownOf } from './shown';

export type ChangeDeps = ApiDeps & Pick<Deps, 'audit' | 'screen'>;

export const ID_OPTION = { type: 'string', demandOption: true, description: 'of the invitation' } as const;
export const YES_OPTION = { type: 'boolean', default: false, description: 'does it' } as const;

export interface Change {
  readonly id: string;
  readonly yes: boolean;
  /** As typed. */
  readonly act: string;
  readonly route: string;
  /** Sentences. */
  readonly would: string;
  readonly did: string;
}

/** Says what would become of an open invitation, or does it. Fails with `invitation-closed`. */
export async function changeInvitation(change: Change, deps: ChangeDeps): Promise<Report> {
  const { yes, act, route, would, did } = change;
  const id = idOf(change.id);
  const path = { invitation: id };
  if (!yes) {
    const { invitation } = await callApi(
      { route: 'GET /invitations/{invitation}', path },
      schemas().invitationAnswer,
      deps,
    );
    if (invitation.state !== 'open')
      throw new CliError('invitation-closed', `It is ${invitation.state}`, undefined, 1);
    deps.screen.print(would, [styled('bold', 'Nothing was changed.'), ' The same with --yes does it.']);
    return { json: { dryRun: true, invitation: shownOf(invitation, false) } };
  }
  const { invitation } = await audited(deps, { act, subject: id }, async () => {
    const answer = await callApi({ route, path }, schemas().invitationAnswer, deps);
    return { outcome: 'done' as const, ...answer };
  });
  deps.screen.print([styled('green', did)]);
  return { json: { dryRun: false, invitation: shownOf(invitation, false) } };
}
