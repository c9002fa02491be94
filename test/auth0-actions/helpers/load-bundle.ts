import { createContext, runInContext } from 'node:vm';
import type { ActionSettings } from '../../../auth0-actions/action-settings';
import { ACTIONS } from '../../../auth0-actions/actions';
import { buildAction } from '../../../auth0-actions/build-action';
import { someSettings } from './some-settings';

export const FROZEN_AT = Date.parse('2026-11-20T09:00:01.500Z');

export interface LoadedAction {
  run(event: unknown, api?: unknown, handler?: string): Promise<unknown>;
  /** What it printed. */
  readonly lines: string[];
  /** What it asked `require` for. */
  readonly required: string[];
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Text of a bundled Action with `settings` configured; its revisions count since {@link FROZEN_AT}. */
export async function bundledCode(
  settings: Partial<ActionSettings>,
  name = 'punctual-post-user-registration',
): Promise<string> {
  const action = ACTIONS.find((one) => one.name === name);
  if (action === undefined) throw new Error(`There is no Action ${name}`);
  return buildAction(action, someSettings(settings), FROZEN_AT);
}

/**
 * Loads `code` as Auth0 does: one CommonJS file in a realm of its own, with the clock standing still. `globals`
 * replaces what the runtime offers.
 */
export function loadBundle(code: string, globals: Record<string, unknown> = {}): LoadedAction {
  const lines: string[] = [];
  const required: string[] = [];
  const module = { exports: {} as Record<string, (event: unknown, api: unknown) => Promise<unknown>> };
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
  const [first = ''] = Object.keys(module.exports).filter((name) => name.startsWith('onExecute'));
  const run = async (event: unknown, api?: unknown, handler = first) => module.exports[handler]?.(event, api);
  return { run, lines, required, exports: module.exports };
}
