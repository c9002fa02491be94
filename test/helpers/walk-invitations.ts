import type { InvitationView } from '../../events/invitations/schemas';
import { administer } from './walk-api';
import { until, type WalkedRun } from './walked-run';

const mailOf = (email: string) => ({ email, roles: ['editor'], data: { funnelId: 'F-1' } });

/** Asks the API for what is about an invitation. */
export async function askOfInvitation(
  walked: WalkedRun,
  method: string,
  path: string,
  body?: object,
): Promise<InvitationView> {
  const scope = 'read:invitations write:invitations';
  const answer = await administer(walked, scope, method, `invitations${path}`, body);
  if (!answer.ok) throw new Error(`The API answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { invitation: InvitationView }).invitation;
}

export const invite = (walked: WalkedRun, email: string, more: object = {}) =>
  askOfInvitation(walked, 'POST', '', { ...mailOf(email), ...more });

const mailState = async (walked: WalkedRun, { id }: InvitationView) =>
  (await askOfInvitation(walked, 'GET', `/${id}`)).mail?.state;

export const mailed = (walked: WalkedRun, invitation: InvitationView, state = 'sent') =>
  until(walked, `a mail that is ${state}`, async () => (await mailState(walked, invitation)) === state);
