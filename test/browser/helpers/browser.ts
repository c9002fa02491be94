import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { StandIn, type StandInSettings } from './stand-in';
import { BROWSER_ADDRESS } from './start-browser';

/** What a page did that it must not do, or that nobody expects. */
export interface Watched {
  /** Requests to other places than loopback. */
  readonly foreign: string[];
  readonly errors: string[];
}

/** The tests of one file: the browser of the run, and what each test opened is closed after it. */
export class TestBrowser {
  private browser: Browser | undefined;
  private readonly opened: (() => Promise<void>)[] = [];

  constructor() {
    beforeAll(async () => {
      this.browser = await chromium.connect(process.env[BROWSER_ADDRESS] ?? '');
    });
    afterEach(async () => {
      for (const close of this.opened.splice(0).reverse()) await close();
    });
    afterAll(async () => this.browser?.close());
  }

  async standIn(settings?: StandInSettings): Promise<StandIn> {
    const standIn = await StandIn.start(settings);
    this.opened.push(() => standIn.close());
    return standIn;
  }

  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    if (this.browser === undefined) throw new Error('no browser yet');
    const context = await this.browser.newContext(options);
    // On a busy machine all takes its time, and a limit is for what hangs.
    context.setDefaultTimeout(30_000);
    this.opened.push(() => context.close());
    return context;
  }

  async open(
    address: string,
    options: BrowserContextOptions = {},
    waitUntil: 'load' | 'commit' = 'load',
  ): Promise<{ page: Page; watched: Watched }> {
    const page = await (await this.context(options)).newPage();
    const watched = watch(page);
    await page.goto(address, { waitUntil });
    return { page, watched };
  }
}

export function watch(page: Page): Watched {
  const watched: Watched = { foreign: [], errors: [] };
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url())) watched.foreign.push(request.url());
  });
  page.on('pageerror', ({ message }) => watched.errors.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') watched.errors.push(message.text());
  });
  return watched;
}
