import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { AwsContext } from './aws/client';
import { createAwsPorts } from './aws/create-ports';
import { CliError } from './cli-error';
import { createAwsClock } from './clock';
import type { Deps } from './deps';
import { DEFAULT_DIRECTORY } from './global-options';
import { once } from './once';
import { quoted } from './quoted';
import { createScreen, type Streams } from './screen';
import { stopOnInterrupt } from './stop-on-interrupt';
import { openTarget, type Target, type TargetFlags } from './target/target';

export type GlobalFlags = TargetFlags & { readonly json: boolean };

const cloudformation = () => require('./aws/cloudformation') as typeof import('./aws/cloudformation');
const auditTable = () => require('./aws/audit-table') as typeof import('./aws/audit-table');

/** The dependencies as they are outside of tests. Nothing is read or called before it is asked for. */
export function createDeps(flags: GlobalFlags, streams: Streams): Deps {
  const clock = createAwsClock(Date.now);
  const describeStack = async (name: string) => cloudformation().describeStack(name, await context());
  const target: Target = openTarget(flags, async (name) => (await describeStack(name)).outputs);
  const context = async (): Promise<AwsContext> => ({ clock, config: await target.clientConfig() });
  const ports = createAwsPorts(context);
  const stopping = once(() => stopOnInterrupt(streams.stderr));
  return {
    ...ports,
    outputs: target.outputs,
    describeStack: async () => describeStack((await target.outputs()).stackName),
    audit: once(async () => {
      return auditTable().createAuditTable(await context(), {
        outputs: target.outputs,
        caller: ports.caller,
      });
    }),
    typed: (command) => ['npx punctual', command, ...flagsTyped(flags)].join(' '),
    screen: createScreen(streams, { silent: flags.json }),
    clock,
    now: clock.now,
    pause: (milliseconds) => pause(milliseconds, stopping()),
    stopping,
    fetch: globalThis.fetch,
    environment: process.env,
    readText,
    saveText,
    replaceText,
  };
}

function flagsTyped({ stack, region, profile, directory }: TargetFlags): string[] {
  const flags = {
    stack,
    region,
    profile,
    directory: directory === DEFAULT_DIRECTORY ? undefined : directory,
  };
  return Object.entries(flags).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoted(value)}`],
  );
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, signal.aborted ? 0 : milliseconds);
    signal.addEventListener('abort', end);
  });
}

async function readText(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch(() => {
    throw new CliError('no-file', `${file} cannot be read`, undefined, 2);
  });
}

async function saveText(file: string, content: string): Promise<void> {
  await writeFile(file, content, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST')
      throw new CliError('file-exists', `${file} is there already`, 'Name another one', 2);
    throw unwritable(file);
  });
}

async function replaceText(file: string, content: string): Promise<void> {
  await writeFile(file, content, { mode: 0o600 }).catch(() => {
    throw unwritable(file);
  });
}

const unwritable = (file: string) => new CliError('no-file', `${file} cannot be written`, undefined, 2);
