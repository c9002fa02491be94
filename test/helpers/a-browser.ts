import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

/** A browser as far as a login needs one: cookies, redirects and forms. */
export interface ABrowser {
  get(url: string): Promise<Seen>;
  post(url: string, fields: Readonly<Record<string, string>>): Promise<Seen>;
}

/** Where the redirects ended, and what is there. */
export interface Seen {
  readonly status: number;
  readonly url: URL;
  readonly text: string;
}

/** @param isServed addresses that somebody listens at; a redirect to any other is where it ends */
export function aBrowser(isServed: (url: URL) => boolean): ABrowser {
  const cookies: Cookie[] = [];
  const go = async (url: URL, init: RequestInit): Promise<Seen> => {
    const sent = cookies.filter(({ path }) => url.pathname.startsWith(path));
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) keep(cookies, line);
    const location = answer.headers.get('location');
    if (location === null) return { status: answer.status, url, text: await answer.text() };
    const next = new URL(location, url);
    await answer.arrayBuffer();
    return isServed(next) ? go(next, {}) : { status: answer.status, url: next, text: '' };
  };
  return {
    get: (url) => go(new URL(url), {}),
    post: (url, fields) =>
      go(new URL(url), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams(fields)),
      }),
  };
}

/** What a person without scripts does on a page that only holds a form: they press its button. */
export async function press(browser: ABrowser, page: Seen): Promise<Seen> {
  const [, action = ''] = /<form[^>]* action="([^"]+)"/.exec(page.text) ?? [];
  const fields = [...page.text.matchAll(/<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)];
  const to = new URL(action.replace(/&amp;/g, '&'), page.url);
  return browser.post(to.href, Object.fromEntries(fields.map(([, name, value]) => [name, value])));
}

const ASKS_AGAIN = /http-equiv="refresh" content="(\d)(;url=([^"]+))?"/;
const PAUSE_MS = 100;

/** As a browser without scripts goes on by itself, until somebody has to do something. */
export async function onward(browser: ABrowser, page: Seen): Promise<Seen> {
  const [again, , , next] = ASKS_AGAIN.exec(page.text) ?? [];
  if (again === undefined) return page;
  await setTimeout(PAUSE_MS);
  const to = new URL(next?.replace(/&amp;/g, '&') ?? page.url.href, page.url);
  return onward(browser, await browser.get(to.href));
}

/** The same, and where a login waits on the status page they press its button once it waits no more. */
export async function arrive(browser: ABrowser, page: Seen, origin: string): Promise<Seen> {
  const seen = await onward(browser, page);
  return seen.url.origin === origin ? seen : press(browser, seen);
}

interface Cookie {
  readonly name: string;
  readonly path: string;
  readonly value: string;
}

function keep(cookies: Cookie[], line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  const [, path = '/'] = /; *path=([^;]+)/i.exec(line) ?? [];
  const before = cookies.findIndex((one) => one.name === name && one.path === path);
  if (before >= 0) cookies.splice(before, 1);
  if (value !== '' && !/expires=Thu, 01 Jan 1970/i.test(line)) cookies.push({ name, path, value });
}

export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
}

export function aPkce(): Pkce {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
