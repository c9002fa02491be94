import { randomUUID } from 'node:crypto';
import type { InvitationView } from '../../events/invitations/schemas';
import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError } from '../cli-error';
import type { Report } from '../command';
import type { Deps } from '../deps';
import { knownNamesIn } from '../invitation/known-names';
import { refuseWithoutInvitations } from '../invitation/refuse-without-invitations';
import { checkBody } from './check-body';
import { type CreateDeps, createInvitation } from './create-invitation';
import { type InviteFlags, partOfBody } from './invite-flags';

export type InviteOneDeps = CreateDeps & Pick<Deps, 'audit' | 'screen' | 'now' | 'typed'>;

export interface OneArgs extends InviteFlags {
  readonly email: string;
  readonly idempotencyKey?: string | undefined;
  readonly dryRun: boolean;
}

/** Fails with `bad-invitation`, before anything is made. */
export async function inviteOne(args: OneArgs, deps: InviteOneDeps): Promise<Report> {
  const { email, dryRun, idempotencyKey = randomUUID() } = args;
  const outputs = await deps.outputs();
  refuseWithoutInvitations(outputs);
  const names = knownNamesIn(outputs);
  const checked = checkBody({ email, ...partOfBody(args) }, names, deps.now());
  if (!checked.ok) {
    const words = checked.faults.map(({ field, words }) => `${field} ${words}`).join('; ');
    throw new CliError('bad-invitation', words, undefined, 2);
  }
  if (dryRun) {
    deps.screen.print('It can be made as it is.', [styled('bold', 'Nobody was invited.')]);
    return { json: { dryRun: true, body: checked.body } };
  }
  const { view } = await audited(deps, { act: 'invite', subject: 'an invitation' }, async () => {
    const { view } = await createInvitation(checked.body, idempotencyKey, deps);
    return { outcome: 'done' as const, subject: view.id, view };
  });
  describe(view, deps);
  return { json: { dryRun: false, invitation: view } };
}

function describe(view: InvitationView, { screen, typed }: InviteOneDeps): void {
  const { id, expiresAt, roles, application } = view;
  const brings = roles.length === 0 ? 'without roles' : `with ${roles.join(', ')}`;
  screen.print(
    [styled('green', 'invited'), `   into ${application}, ${brings}, until ${expiresAt}`],
    `id        ${id}`,
    `follow    ${typed(`invitation show ${id}`)}`,
  );
}
