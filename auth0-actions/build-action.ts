import { builtinModules } from 'node:module';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';
import type { ActionSettings } from './action-settings';
import { ACTION_RUNTIME, type ActionDefinition } from './actions';
import { asCommonJs, REQUIRE } from './as-common-js';
import { BANNER_START } from './banner';
import { compactSettings } from './compact-settings';
import { formatRevisions } from './revisions';

/** Auth0 takes 100 kB of code; what runs in front of a person's registration should be a fifth of that, of ours. */
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
  const define = definitionsOf(settings, now);
  const { outputFiles } = await build({
    entryPoints: [action.entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: ACTION_RUNTIME,
    format: 'esm',
    // Nobody edits it there, and no stack trace of it is ever seen: it does not throw, or it throws its code.
    minify: true,
    mangleProps: new RegExp(`^(?:${OURS_ALONE.join('|')})$`),
    charset: 'utf8',
    legalComments: 'none',
    banner: {
      js: `${BANNER_START}${action.trigger}. Made by "npm run actions", for ${ACTION_RUNTIME}. */\n"use strict";`,
    },
    define,
    logLevel: 'silent',
  });
  const code = asCommonJs(outputFiles.map((file) => file.text).join(''));
  checkSize(action, code, `${define.PUNCTUAL_SETTINGS}${define.PUNCTUAL_REVISIONS}`);
  checkHandlers(action, code);
  return code;
}

/** Names that our own code alone knows: nothing that is handed over, sent, kept or configured has one of them. */
const OURS_ALONE = [
  ...[
    'signingSecret',
    'timestampSeconds',
    'returnSecret',
    'budgetMs',
    'callsOf',
    'invitationOf',
    'brought',
    'madeFor',
  ],
  ...['emission', 'provisioning', 'isToWait', 'course', 'settle', 'redeem', 'userRef', 'factOf', 'createdAt'],
  ...['connectionName', 'connectionStrategy', 'attributeText', 'listItemText', 'listItems', 'userProperties'],
];

function definitionsOf(settings: ActionSettings, now: number) {
  const rules = [settings.rule, ...Object.values(settings.rules)];
  const revisions = formatRevisions(new Map(rules.map(({ rev }) => [rev, now])));
  return {
    PUNCTUAL_SETTINGS: JSON.stringify(compactSettings(settings)),
    PUNCTUAL_REVISIONS: JSON.stringify(revisions),
    PUNCTUAL_HAS_INVITATIONS: JSON.stringify(settings.hasInvitations === true),
    require: REQUIRE,
  };
}

// What somebody configures comes on top: of a stack with many systems, their names alone are some hundred bytes.
function checkSize({ name }: ActionDefinition, code: string, configured: string): void {
  const [bytes, limit] = [Buffer.byteLength(code), SIZE_LIMIT_BYTES + Buffer.byteLength(configured)];
  if (bytes <= limit) return;
  throw new Error(`${name} has ${bytes} bytes, ${bytes - limit} more than the limit of ${limit}.`);
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
