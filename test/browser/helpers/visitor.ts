import type { BrowserContext, Page } from 'playwright-core';
import type { LocalRun } from '../../helpers/local-run';
import { type Watched, watch } from './browser';

/** A stop of a login, as the address bar shows it. */
export type Place = 'application' | 'tenant' | 'status page' | 'elsewhere';

/** Somebody who logs in to the demo application of a local run, in a tab of a real browser. */
export interface Visitor {
  readonly page: Page;
  readonly watched: Watched;
  /** Where they were so far, one after the other. */
  readonly places: Place[];
  /** Says who they are at the stand-in of a provider. Ends wherever that leads. */
  come(email: string, connection?: string): Promise<void>;
  /** Logs in where the tenant has a session. */
  comeAgain(): Promise<void>;
  onStatusPage(): Promise<void>;
  inApplication(): Promise<void>;
  /** What the id token says about accounts. The application shows it. */
  provisioning(): Promise<unknown>;
  userId(): Promise<string>;
}

export const PROVISIONING = 'https://punctual.dev/provisioning';

export async function aVisitor(context: BrowserContext, run: LocalRun): Promise<Visitor> {
  const { DemoAppUrl: app, TenantUrl: tenant } = run.local;
  const status = run.outputs.StatusPageUrl ?? '';
  const page = await context.newPage();
  const places: Place[] = [];
  page.on('framenavigated', (frame) => {
    if (frame.parentFrame() === null) places.push(placeOf(frame.url()));
  });
  const placeOf = (url: string): Place => {
    if (url.startsWith(`${app}/`)) return 'application';
    if (url.startsWith(`${tenant}/`)) return 'tenant';
    return url.startsWith(status) ? 'status page' : 'elsewhere';
  };
  const login = (connection = 'google-oauth2') => page.goto(`${app}/login?connection=${connection}`);
  const claims = async () => {
    const text = await page.locator('pre').first().textContent();
    return JSON.parse(text ?? '{}') as Record<string, unknown>;
  };
  return {
    ...{ page, places, watched: watch(page) },
    come: async (email, connection) => {
      await login(connection);
      // Whom the tenant knows already is asked nothing.
      if (placeOf(page.url()) !== 'tenant') return;
      await page.getByLabel('E-mail address').fill(email);
      // The page after it may be left before it is loaded.
      await page.getByRole('button', { name: 'Continue' }).click({ noWaitAfter: true });
    },
    comeAgain: async () => void (await login()),
    onStatusPage: () => page.waitForURL(`${status}?*`, { waitUntil: 'commit' }),
    inApplication: () => page.waitForURL(`${app}/`),
    provisioning: async () => (await claims())[PROVISIONING],
    userId: async () => String((await claims()).sub),
  };
}
