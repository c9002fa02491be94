import { builtinModules } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import { ACTION_RUNTIME, type ActionDefinition } from './actions';
import { BANNER_START } from './banner';

/** Auth0 takes 100 kB of code; what runs in front of a person's registration should be a fifth of that. */
export const SIZE_LIMIT_BYTES = 20_000;

/** Text of the one CommonJS file of `action`. Rejects when Auth0 could not load it or it is too large. */
export async function buildAction(action: ActionDefinition, attributes: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [action.entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: ACTION_RUNTIME,
    format: 'cjs',
    // Names stay, so that the code can be read in Auth0's editor and a stack trace says something.
    minifySyntax: true,
    minifyWhitespace: true,
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: `${BANNER_START}${action.trigger}. Made by "npm run actions", for ${ACTION_RUNTIME}. */` },
    define: { PUNCTUAL_ATTRIBUTES: JSON.stringify(attributes) },
    logLevel: 'silent',
  });
  const code = outputFiles.map((file) => file.text).join('');
  checkSize(action, code);
  checkHandlers(action, code);
  return code;
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
