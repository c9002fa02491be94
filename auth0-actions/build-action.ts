import { builtinModules } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import type { ActionSettings } from './action-settings';
import { ACTION_RUNTIME, type ActionDefinition } from './actions';
import { BANNER_START } from './banner';
import { formatRevisions } from './revisions';

/** Auth0 takes 100 kB of code; what runs in front of a person's registration should be a fifth of that. */
export const SIZE_LIMIT_BYTES = 20_000;

/**
 * Text of the one CommonJS file of `action`, in which every revision counts since `now`, epoch ms. Rejects when Auth0 could not
 * load it or it is too large.
 */
export async function buildAction(
  action: ActionDefinition,
  settings: ActionSettings,
  now: number,
): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [action.entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: ACTION_RUNTIME,
    format: 'cjs',
    // Nobody edits it there, and no stack trace of it is ever seen: it does not throw, or it throws its code.
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: `${BANNER_START}${action.trigger}. Made by "npm run actions", for ${ACTION_RUNTIME}. */` },
    define: definitionsOf(settings, now),
    logLevel: 'silent',
  });
  const code = outputFiles.map((file) => file.text).join('');
  checkSize(action, code);
  checkHandlers(action, code);
  return code;
}

function definitionsOf(settings: ActionSettings, now: number): Record<string, string> {
  const rules = [settings.rule, ...Object.values(settings.rules)];
  const revisions = formatRevisions(new Map(rules.map(({ rev }) => [rev, now])));
  return { PUNCTUAL_SETTINGS: JSON.stringify(settings), PUNCTUAL_REVISIONS: JSON.stringify(revisions) };
}

function checkSize({ name }: ActionDefinition, code: string): void {
  const bytes = Buffer.byteLength(code);
  if (bytes <= SIZE_LIMIT_BYTES) return;
  throw new Error(
    `${name} has ${bytes} bytes, ${bytes - SIZE_LIMIT_BYTES} more than the limit of ${SIZE_LIMIT_BYTES}.`,
  );
}

// Loading it as Auth0 does finds both a handler that lost its name and a dependency that is not inside.
function checkHandlers({ name, handlers }: ActionDefinition, code: string): void {
  const module = { exports: {} as Record<string, unknown> };
  compileFunction(code, ['module', 'exports', 'require'])(module, module.exports, requireBuiltin);
  const missing = handlers.filter((handler) => typeof module.exports[handler] !== 'function');
  if (missing.length > 0) throw new Error(`${name} does not export ${missing.join(', ')}.`);
}

function requireBuiltin(id: string): unknown {
  if (!id.startsWith('node:') || !builtinModules.includes(id.slice('node:'.length))) {
    throw new Error(`The bundle asks for "${id}", but an Action has no dependencies.`);
  }
  return require(id);
}
