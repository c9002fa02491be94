import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserServer, chromium } from 'playwright-core';

/** An installed Chrome or Chromium, for machines that the one from npm is not built for. */
export const CHROME_PATH = 'PUNCTUAL_CHROME';
/** Where the tests find the browser of the run. */
export const BROWSER_ADDRESS = 'PUNCTUAL_TEST_BROWSER';

/** What the run has to end and to remove after itself. */
export interface StartedBrowser {
  readonly server: BrowserServer;
  readonly folder: string;
}

interface Executable {
  readonly executablePath: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts the one browser of the whole run. Jest calls it before the first test. */
export default async function startBrowser(): Promise<void> {
  const started = await launchBrowser();
  process.env[BROWSER_ADDRESS] = started.server.wsEndpoint();
  Object.assign(globalThis, { startedBrowser: started });
}

export async function launchBrowser(): Promise<StartedBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'punctual-browser-'));
  const { executablePath, env } = await executableIn(folder);
  const server = await chromium.launchServer({
    executablePath,
    env: env as Record<string, string>,
    // Containers let no process make a sandbox, and a shared memory of theirs is small.
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--font-render-hinting=none',
    ],
  });
  return { server, folder };
}

async function executableIn(folder: string): Promise<Executable> {
  const installed = process.env[CHROME_PATH];
  if (installed) return { executablePath: installed, env: process.env };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`set ${CHROME_PATH} to an installed Chrome: the one from npm is for Linux on x64`);
  }
  return unpack(folder);
}

/** The package unpacks libraries of its own, next to the browser, where it believes to be in Lambda. */
async function unpack(folder: string): Promise<Executable> {
  const before = { ...process.env };
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    const executablePath = await packed.executablePath();
    return { executablePath, env: { ...process.env, FONTCONFIG_FILE: writeFontsFile(folder) } };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** The fonts of the package and no others: its own list looks for them in `/tmp`, and a page without any has no text. */
function writeFontsFile(folder: string): string {
  const file = join(folder, 'fonts.conf');
  const places = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
  const head = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">';
  writeFileSync(file, `${head}<fontconfig>${places}</fontconfig>`);
  return file;
}
