import { runTime } from './signed-post';
import { usersAt } from './users-of-tenant';
import { askOfInvitation, invite, mailed } from './walk-invitations';
import { addressOf, nextUser, until, type WalkedRun } from './walked-run';

const MINUTE_MS = 60_000;

/** Has somebody made ahead for whom the invitation ends, by the clock or by whoever made it. */
export async function makeAhead(walked: WalkedRun, end: 'expiry' | 'revocation'): Promise<void> {
  const email = addressOf(nextUser());
  const expiresAt = new Date((await runTime(walked.run)) + 4 * MINUTE_MS).toISOString();
  const more = { mode: 'precreate', ...(end === 'expiry' && { expiresAt }) };
  const invitation = await invite(walked, email, more);
  await mailed(walked, invitation);
  if (end === 'revocation') await askOfInvitation(walked, 'POST', `/${invitation.id}/revocation`);
  await until(walked, 'nobody at the address', async () => (await usersAt(walked.run, email)).length === 0);
}
