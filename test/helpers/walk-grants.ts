import { pathOfUser } from '../../lambdas/provisioning-api/user-path';
import { redeem } from './redeem';
import { administer } from './walk-api';
import { signUp } from './walk-events';
import { askOfInvitation, invite } from './walk-invitations';
import { delays, linkedEverywhere } from './walk-progress';
import { addressOf, GRANTING, until, type WalkedRun } from './walked-run';

const MINUTE_MS = 60_000;

/** Has somebody who is there already given what an invitation brings, while a table fails at first. */
export async function giveAtOnce(walked: WalkedRun): Promise<void> {
  const { run } = walked;
  const resource = run.outputs.UserLinkTableName;
  const rule = { service: 'dynamodb', operation: 'PutItem', resource, when: 'before', effect: 'error' };
  const [before = 0] = await delays(run, [GRANTING]);
  await run.control('POST', '/faults', { ...rule, caller: GRANTING });
  const given = invited(walked);
  given.catch(() => undefined);
  await until(walked, 'a delay', async () => ((await delays(run, [GRANTING]))[0] ?? 0) > before);
  await run.control('DELETE', '/faults');
  await given;
}

/** Somebody who has an account everywhere, and what an invitation brought. */
export async function invited(walked: WalkedRun): Promise<string> {
  const user = await signUp(walked, { email_verified: true });
  await linkedEverywhere(walked, user);
  await invite(walked, addressOf(user), { mode: 'precreate' });
  await granted(walked, user);
  return user;
}

const granted = (walked: WalkedRun, user: string) =>
  until(walked, 'what an invitation brings', async () =>
    (await walked.run.links(user)).some(({ system, state }) => system === GRANTING && state === 'linked'),
  );

/** Somebody redeems in a login, as the Action does it for them. */
export async function redeemAtLogin(walked: WalkedRun): Promise<void> {
  const { run } = walked;
  const created_at = new Date(Date.now() - MINUTE_MS).toISOString();
  const user = await signUp(walked, { email_verified: true, created_at });
  await linkedEverywhere(walked, user);
  const email = addressOf(user);
  const invitation = await invite(walked, email);
  const said = { user_id: user, created_at, email, email_verified: true };
  const { status, outcome } = await redeem(run, invitation, said);
  if (outcome !== 'redeemed') throw new Error(`The pages answered ${status} ${outcome}`);
  await granted(walked, user);
  await askOfInvitation(walked, 'GET', `?email=${email}`);
  await askOfInvitation(walked, 'GET', '?state=open');
  await administer(walked, 'export:users', 'GET', `users/${pathOfUser(user)}/export`);
}
