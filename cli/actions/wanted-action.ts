import { ACTION_RUNTIME, type ActionIssuer, type StreamDefinition } from '../../auth0-actions/actions';
import type { BuiltAction } from '../../auth0-actions/bundle';
import { keepRevisions } from '../../auth0-actions/revisions';
import { CliError } from '../cli-error';
import type { ActionSecret } from './action-secrets';
import { secretsMark, withMark } from './secrets-mark';
import type { NewContent } from './tenant';

/** An Action as it is to be in the tenant. */
export interface WantedAction extends NewContent {
  readonly name: string;
  /** Without the mark of the secrets. */
  readonly bundle: string;
  /** Whose secrets they are. */
  readonly stack: string;
  readonly issuer?: ActionIssuer;
  /** Name of the Action that it is to run before. */
  readonly before?: string;
  /** In place of a binding. */
  readonly stream?: StreamDefinition;
}

/** As it is to be where `earlier` codes run or were about to: what they know of a revision goes on to count. */
export function keepingRevisions(wanted: WantedAction, ...earlier: readonly string[]): WantedAction {
  const kept = (text: string) => keepRevisions(text, ...earlier);
  return { ...wanted, bundle: kept(wanted.bundle), code: kept(wanted.code) };
}

/** What Auth0 takes per Action. */
const CODE_LIMIT_BYTES = 100_000;

export function wantedAction(
  { action, code: bundle }: BuiltAction,
  secrets: readonly ActionSecret[],
  stack: string,
): WantedAction {
  const { name, trigger, triggerVersion, issuer, stream, before } = action;
  const code = withMark(bundle, secretsMark(secrets), stack);
  refuseLarge(name, code);
  return {
    ...{ name, bundle, stack, code, secrets },
    ...(issuer === undefined ? {} : { issuer }),
    ...(before === undefined ? {} : { before }),
    ...(stream === undefined ? {} : { stream }),
    runtime: ACTION_RUNTIME,
    trigger: { id: trigger, version: triggerVersion },
  };
}

function refuseLarge(name: string, code: string): void {
  const bytes = Buffer.byteLength(code);
  if (bytes <= CODE_LIMIT_BYTES) return;
  throw new CliError(
    'code-too-large',
    `${name} has ${bytes} bytes, and Auth0 takes ${CODE_LIMIT_BYTES} per Action`,
    'Take something out of it; emit.attributes of punctual.config.ts is part of it',
  );
}
