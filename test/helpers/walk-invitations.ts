import type { InvitationView } from '../../events/invitations/schemas';
import { pathOfUser } from '../../lambdas/provisioning-api/user-path';
import type { SentMail } from '../../local/mail/outbox';
import { redeem } from './redeem';
import { runTime } from './signed-post';
import {
  administer,
  delays,
  GRANTING,
  linkedEverywhere,
  nextUser,
  signUp,
  until,
  type WalkedRun,
} from './walk-steps';

const mailOf = (email: string) => ({ email, roles: ['editor'], data: { funnelId: 'F-1' } });
const MINUTE_MS = 60_000;

async function ask(walked: WalkedRun, method: string, path: string, body?: object): Promise<InvitationView> {
  const scope = 'read:invitations write:invitations';
  const answer = await administer(walked, scope, method, `invitations${path}`, body);
  if (!answer.ok) throw new Error(`The API answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { invitation: InvitationView }).invitation;
}

export const invite = (walked: WalkedRun, email: string, more: object = {}) =>
  ask(walked, 'POST', '', { ...mailOf(email), ...more });

const mailState = async (walked: WalkedRun, { id }: InvitationView) =>
  (await ask(walked, 'GET', `/${id}`)).mail?.state;

export const mailed = (walked: WalkedRun, invitation: InvitationView, state = 'sent') =>
  until(walked, `a mail that is ${state}`, async () => (await mailState(walked, invitation)) === state);

export const addressOf = (user: string) => `${user.replace(/\W/g, '-')}@example.com`;

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

/** Has somebody made ahead for whom the invitation ends, by the clock or by whoever made it. */
export async function makeAhead(walked: WalkedRun, end: 'expiry' | 'revocation'): Promise<void> {
  const email = addressOf(nextUser());
  const expiresAt = new Date((await runTime(walked.run)) + 4 * MINUTE_MS).toISOString();
  const more = { mode: 'precreate', ...(end === 'expiry' && { expiresAt }) };
  const invitation = await invite(walked, email, more);
  await mailed(walked, invitation);
  if (end === 'revocation') await ask(walked, 'POST', `/${invitation.id}/revocation`);
  await until(walked, 'nobody at the address', async () => (await usersAt(walked, email)).length === 0);
}

async function usersAt({ run }: WalkedRun, email: string): Promise<readonly object[]> {
  const { Url, Domain, ClientId, ClientSecret } = run.local.ManagementApi;
  const client = { client_id: ClientId, client_secret: ClientSecret };
  const grant = { grant_type: 'client_credentials', audience: `https://${Domain}/api/v2/` };
  const asked = { method: 'POST', body: new URLSearchParams({ ...grant, ...client }) };
  const token = (await (await fetch(`${Url}/oauth/token`, asked)).json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token.access_token}` };
  const answer = await fetch(`${Url}/api/v2/users-by-email?${new URLSearchParams({ email })}`, { headers });
  return (await answer.json()) as readonly object[];
}

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
  await ask(walked, 'GET', `?email=${email}`);
  await ask(walked, 'GET', '?state=open');
  await administer(walked, 'export:users', 'GET', `users/${pathOfUser(user)}/export`);
}

/** Somebody opens the link of a mail, and comes back from the tenant; another link is wrong. */
export async function openLink(walked: WalkedRun): Promise<void> {
  const { run } = walked;
  const pages = run.outputs.InvitationPageUrl ?? '';
  const email = addressOf(nextUser());
  const invitation = await invite(walked, email);
  await mailed(walked, invitation);
  const mails = await run.control<SentMail[]>('GET', '/mails');
  const text = mails.find(({ tags }) => tags?.invitation === invitation.id)?.text ?? '';
  const link = /^http\S+$/m.exec(text)?.[0] ?? '';
  const wrong = await fetch(`${pages}?invitation=${invitation.id}.${'A'.repeat(43)}`);
  if (wrong.status >= 500) throw new Error(`The pages answered ${wrong.status}`);
  const opened = await led(link);
  const looked = await led(opened.to, opened.cookie);
  const state = new URL(looked.to).searchParams.get('state') ?? '';
  const back = `${pages}callback?${new URLSearchParams({ state, code: 'none' })}`;
  await fetch(back, { redirect: 'manual', headers: { cookie: looked.cookie } });
}

/** Where a page leads, and the cookie that it gives. */
async function led(url: string, cookie = ''): Promise<{ readonly to: string; readonly cookie: string }> {
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
  const to = answer.headers.get('location');
  if (to === null) throw new Error(`${new URL(url).pathname} answered ${answer.status}`);
  const given = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { to: new URL(to, url).href, cookie: given.join('; ') || cookie };
}
