import type { InvitationView } from '../../events/invitations/schemas';
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
  /** Where there is nothing to do. @default never */
  readonly already?: { readonly is: (view: InvitationView) => boolean; readonly words: string };
  /** @default of one that is open */
  readonly mayApply?: (view: InvitationView) => boolean;
}

/** Says what would become of an invitation, or does it. Fails with `invitation-closed`. What changes nothing leaves no row. */
export async function changeInvitation(change: Change, deps: ChangeDeps): Promise<Report> {
  const { yes, would, already } = change;
  const id = idOf(change.id);
  const found = await look(id, deps);
  if (already?.is(found)) {
    deps.screen.print(already.words);
    return { json: { dryRun: !yes, changed: false, invitation: shownOf(found, false) } };
  }
  if (!(change.mayApply ?? isOpen)(found))
    throw new CliError('invitation-closed', `It is ${found.state}`, undefined, 1);
  if (yes) return carryOut(id, change, deps);
  deps.screen.print(would, [styled('bold', 'Nothing was changed.'), ' The same with --yes does it.']);
  return { json: { dryRun: true, invitation: shownOf(found, false) } };
}

const isOpen = ({ state }: InvitationView) => state === 'open';

async function look(id: string, deps: ChangeDeps): Promise<InvitationView> {
  const call = { route: 'GET /invitations/{invitation}', path: { invitation: id } };
  return (await callApi(call, schemas().invitationAnswer, deps)).invitation;
}

async function carryOut(id: string, { act, route, did }: Change, deps: ChangeDeps): Promise<Report> {
  const { invitation } = await audited(deps, { act, subject: id }, async () => {
    const answer = await callApi({ route, path: { invitation: id } }, schemas().invitationAnswer, deps);
    return { outcome: 'done' as const, ...answer };
  });
  deps.screen.print([styled('green', did)]);
  return { json: { dryRun: false, changed: true, invitation: shownOf(invitation, false) } };
}
