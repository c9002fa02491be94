import type { SentMail } from '../../local/mail/outbox';
import { invite, mailed } from './walk-invitations';
import { addressOf, nextUser, type WalkedRun } from './walked-run';

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
