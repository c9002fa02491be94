import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { bundleActions } from '../../../auth0-actions/bundle';

export const FROZEN_AT = Date.parse('2026-11-20T09:00:01.500Z');

export interface LoadedAction {
  run(event: unknown): Promise<unknown>;
  /** What it printed. */
  readonly lines: string[];
  /** What it asked `require` for. */
  readonly required: string[];
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Text of a bundled Action with `attributes` configured. */
export async function bundledCode(
  attributes: readonly string[],
  action = 'punctual-post-user-registration',
): Promise<string> {
  const outdir = await mkdtemp(join(tmpdir(), 'punctual-actions-'));
  try {
    const bundled = (await bundleActions({ outdir, attributes })).find(({ name }) => name === action);
    return await readFile(bundled?.file ?? '', 'utf8');
  } finally {
    await rm(outdir, { recursive: true });
  }
}

/**
 * Loads `code` as Auth0 does: one CommonJS file in a realm of its own, with the clock standing still. `globals`
 * replaces what the runtime offers.
 */
export function loadBundle(code: string, globals: Record<string, unknown> = {}): LoadedAction {
  const lines: string[] = [];
  const required: string[] = [];
  const module = { exports: {} as Record<string, (event: unknown) => Promise<unknown>> };
  const fakeRequire = (id: string) => {
    required.push(id);
    return require(id);
  };
  const context = createContext({
    ...{ AbortController, TextEncoder, URL, atob, btoa, crypto, fetch, setTimeout, clearTimeout },
    ...{
      module,
      exports: module.exports,
      require: fakeRequire,
      console: { log: (line: string) => lines.push(line) },
    },
    ...globals,
  });
  runInContext(`Date.now = () => ${FROZEN_AT};`, context);
  runInContext(code, context);
  // An Action has one handler, whatever its trigger calls it.
  const run = async (event: unknown) => Object.values(module.exports)[0]?.(event);
  return { run, lines, required, exports: module.exports };
}
