import { createContext, runInContext } from 'node:vm';
import type { Clock } from '../clock';
import { TENANT_LIMITS } from './management-api/tenant-limits';

/** What Auth0's Node runtime offers a bundled Action besides the language itself. */
const RUNTIME = {
  ...{ AbortController, AbortSignal, Buffer, Headers, Request, Response, TextDecoder, TextEncoder, URL },
  ...{
    URLSearchParams,
    atob,
    btoa,
    clearTimeout,
    crypto,
    fetch,
    queueMicrotask,
    setTimeout,
    structuredClone,
  },
};

/** The Action stamps and signs with its own clock, which must run with ours. */
const PATCH_DATE = `
  globalThis.Date = class extends Date {
    constructor(...args) { if (args.length === 0) super(now()); else super(...args); }
    static now() { return now(); }
  };`;

export interface LoadedAction {
  has(handler: string): boolean;
  /** Calls the handler of this name. */
  run(handler: string, event: object, api: object): Promise<void>;
}

/**
 * Loads the one file of an Action as Auth0 does: CommonJS, module code run once, in a realm of its own. Throws for
 * code that Auth0 would not take.
 */
export function loadAction(
  code: string,
  file: string,
  clock: Clock,
  print: (line: string) => void,
): LoadedAction {
  if (Buffer.byteLength(code) > TENANT_LIMITS.codeBytes)
    throw new Error(`${file} is larger than Auth0 takes`);
  const module = { exports: {} as Record<string, (event: object, api: object) => Promise<void>> };
  const log = (...values: unknown[]) => print(values.map(String).join(' '));
  const context = createContext({
    ...RUNTIME,
    ...{ module, exports: module.exports, require: requireBuiltin, console: { log, warn: log, error: log } },
    now: () => Math.floor(clock.now()),
  });
  runInContext(PATCH_DATE, context);
  runInContext(code, context, { filename: file });
  return {
    has: (handler) => typeof module.exports[handler] === 'function',
    run: async (handler, event, api) => {
      const found = module.exports[handler];
      if (typeof found !== 'function') throw new Error(`${file} does not export ${handler}`);
      await found(event, api);
    },
  };
}

function requireBuiltin(id: string): unknown {
  if (!id.startsWith('node:')) throw new Error(`An Action has no dependency named ${id}`);
  return require(id);
}
