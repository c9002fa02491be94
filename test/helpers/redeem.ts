import type { InvitationView } from '../../events/invitations/schemas';
import { newHandle } from '../../lambdas/invitations/token/handle';
import { readRing } from '../../lambdas/invitations/token/invitation-ring';
import type { LocalRun } from './local-run';
import { runTime, signedHeaders } from './signed-post';
import { secretIn } from './status-page';

const DATABASE = { name: 'Username-Password-Authentication', strategy: 'auth0' };

/** A handle of an invitation, as the page gives it to whoever confirmed. */
export async function handleOf(run: LocalRun, invitation: Pick<InvitationView, 'id' | 'expiresAt'>) {
  const now = await runTime(run);
  const ring = readRing(await secretIn(run, run.outputs.InvitationSecretArn), now);
  return newHandle(invitation, ring, now);
}

/** As the Action redeems in the login of somebody who brought a handle. */
export async function redeem(
  run: LocalRun,
  invitation: Pick<InvitationView, 'id' | 'expiresAt'>,
  user: object,
  connection: object = DATABASE,
): Promise<{ readonly status: number; readonly outcome?: string }> {
  const body = JSON.stringify({ handle: await handleOf(run, invitation), user, connection });
  const answer = await fetch(`${run.outputs.InvitationPageUrl}redemption`, {
    ...{ method: 'POST', body },
    headers: { 'content-type': 'application/json', ...(await signedHeaders(run, body)) },
  });
  const said = (await answer.json().catch(() => ({}))) as { outcome?: string };
  return { status: answer.status, ...said };
}
