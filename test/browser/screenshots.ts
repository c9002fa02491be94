import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import type { SystemStanding } from '../../events/status-snapshot';
import type { MailView } from '../../invitation-mail/mail-view';
import { renderMail } from '../../invitation-mail/render-mail';
import type { InvitationView } from '../../invitation-page/invitation-view';
import { startLoopbackServer } from '../helpers/loopback-server';
import { anInvitation } from '../invitation-mail/helpers/a-mail';
import { anAcceptView, EVERY_VIEW } from '../invitation-page/helpers/an-invitation-view';
import { stopBrowser } from './helpers/end-browser';
import { StandIn, type StandInSettings } from './helpers/stand-in';
import { StandInInvitation } from './helpers/stand-in-invitation';
import { launchBrowser } from './helpers/start-browser';

const FOLDER = join(__dirname, '../../docs/images');

const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><rect width="28" height="28" rx="8" fill="#0a7d5f"/>
<path d="M7 20 14 7l7 13M10 15.5h8" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
const LINK = `https://pages.acme.com/?invitation=Rk3J0c9yQm6Zb1s8uTqWvA.${'x4Yq'.repeat(11).slice(1)}`;
const BRAND = {
  name: 'Acme Workspace',
  logo: `data:image/svg+xml;base64,${Buffer.from(LOGO).toString('base64')}`,
  colors: { accent: '#0a7d5f', accentDark: '#4fd1a5' },
};

const systems = (crm: SystemStanding['standing']): SystemStanding[] => [
  { name: 'crm', label: 'Customer records', required: true, standing: crm },
  { name: 'tickets', label: 'Support tickets', required: true, standing: 'ready' },
  { name: 'billing', label: 'Billing', required: true, standing: 'ready' },
  { name: 'video', label: 'Video library', required: false, standing: 'waiting' },
];

const PICTURES: Readonly<Record<string, { view: BrowserContextOptions; settings: StandInSettings }>> = {
  light: { view: {}, settings: { systems: systems('waiting') } },
  dark: { view: { colorScheme: 'dark' }, settings: { systems: systems('waiting') } },
  phone: {
    view: { viewport: { width: 390, height: 760 }, isMobile: true },
    settings: { systems: systems('waiting'), languages: 'de' },
  },
  failed: { view: {}, settings: { systems: systems('failed') } },
};

const INVITATIONS: Readonly<Record<string, { view: BrowserContextOptions; page: InvitationView }>> = {
  light: { view: { viewport: { width: 760, height: 820 } }, page: anAcceptView() },
  dark: {
    view: { colorScheme: 'dark' },
    page: EVERY_VIEW['wrong-account'],
  },
  phone: {
    view: { viewport: { width: 390, height: 760 }, isMobile: true },
    page: anAcceptView({ language: 'de', person: undefined, roles: [], boundTo: undefined }),
  },
  expired: { view: {}, page: EVERY_VIEW.expired },
};

const MAIL = { brand: BRAND, application: 'Acme Shop', link: LINK, isBound: true } as const;
const MAILS: Readonly<Record<string, { view: BrowserContextOptions; mail: MailView }>> = {
  light: { view: {}, mail: anInvitation(MAIL) },
  dark: {
    view: { viewport: { width: 390, height: 760 }, isMobile: true, colorScheme: 'dark' },
    mail: anInvitation({ ...MAIL, language: 'de' }),
  },
};

/** Makes the pictures of the pages in docs/, with the fonts that come with the browser. */
async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const started = await launchBrowser();
  const browser = await chromium.connect(started.server.wsEndpoint());
  for (const [name, { view, settings }] of Object.entries(PICTURES)) {
    const standIn = await StandIn.start({ brand: BRAND, deadlineMs: 8_000, ...settings });
    await takePicture(browser, `status-page-${name}`, standIn.page(), view);
    await standIn.close();
  }
  for (const [name, { view, page }] of Object.entries(INVITATIONS)) {
    const standIn = await StandInInvitation.start(() => ({ ...page, brand: BRAND }));
    await takePicture(browser, `invitation-${name}`, standIn.url, view);
    await standIn.close();
  }
  for (const [name, { view, mail }] of Object.entries(MAILS)) {
    const server = await startLoopbackServer((_, response) =>
      response.setHeader('content-type', 'text/html; charset=utf-8').end(renderMail(mail).html),
    );
    await takePicture(browser, `invitation-mail-${name}`, server.url, view);
    await server.close();
  }
  await browser.close();
  await stopBrowser(started);
}

async function takePicture(
  browser: Browser,
  name: string,
  address: string,
  view: BrowserContextOptions,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 760, height: 760 }, ...view });
  const page = await context.newPage();
  await page.goto(address);
  const { width = 0, height = 0 } = page.viewportSize() ?? {};
  await page.screenshot({
    path: join(FOLDER, `${name}.png`),
    // The browser leaves its last lines as they were before the page.
    clip: { x: 0, y: 0, width, height: height - 8 },
    // A picture of what moves differs each time.
    animations: 'disabled',
  });
  await context.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
