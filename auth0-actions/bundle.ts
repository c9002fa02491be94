import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Configuration } from '../lib/configuration';
import type { ActionSettings } from './action-settings';
import { type ActionDefinition, actionsFor } from './actions';
import { buildAction, SIZE_LIMIT_BYTES } from './build-action';
import { codePath, deployCliFile, deployCliStream, streamPath } from './deploy-cli-file';
import { attributePathFaults } from './emit/attribute-paths';
import { keepRevisions } from './revisions';
import { settingsOf } from './settings-of';

export interface BundleOptions {
  /** Folder that auth0-deploy-cli imports: gets `actions/<name>.json`, `actions/<name>/code.js` and event streams. */
  readonly outdir: string;
  readonly settings: ActionSettings;
  /** Epoch ms since which a revision counts that is not in the folder already. */
  readonly now: number;
}

export interface BundledAction {
  readonly name: string;
  /** Its code. */
  readonly file: string;
  readonly bytes: number;
}

/** An Action and the text of its one file. */
export interface BuiltAction {
  readonly action: ActionDefinition;
  readonly code: string;
}

/** Builds every Action; each revision in it counts since `now`, epoch ms. Rejects when one cannot be deployed. */
export async function buildActions(settings: ActionSettings, now: number): Promise<BuiltAction[]> {
  const faults = attributePathFaults(settings.attributes);
  if (faults.length > 0) throw new Error(`emit.attributes in punctual.config.ts: ${faults.join(' ')}`);
  return Promise.all(
    actionsFor(settings).map(async (action) => ({ action, code: await buildAction(action, settings, now) })),
  );
}

/** What punctual.config.ts says to the Actions. */
export function configuredSettings(): ActionSettings {
  // Here and not above, so that whoever only wants to bundle does not load the stack's configuration too.
  const { configuration } = require('../punctual.config') as typeof import('../punctual.config');
  return settingsFor(configuration);
}

/** What any configuration says to the Actions. */
export function settingsFor(configuration: Configuration): ActionSettings {
  const { provisioningApiOf } =
    require('../lib/configuration/provisioning-api-schema') as typeof import('../lib/configuration/provisioning-api-schema');
  const apis = Object.entries(configuration.environments).map(([name, one]) => provisioningApiOf(name, one));
  return settingsOf(
    configuration,
    apis.flatMap((api) => api?.audience ?? []),
  );
}

/** Writes every Action into files. Rejects, and writes nothing, when one cannot be deployed. */
export async function bundleActions({ outdir, settings, now }: BundleOptions): Promise<BundledAction[]> {
  const built = await buildActions(settings, now);
  return writeActions(outdir, await Promise.all(built.map((one) => keepWritten(outdir, one))));
}

/** With the revisions of an earlier run, which whoever imports the folder deployed meanwhile. */
async function keepWritten(outdir: string, { action, code }: BuiltAction): Promise<BuiltAction> {
  const earlier = await readFile(join(outdir, codePath(action.name)), 'utf8').catch(() => '');
  return { action, code: keepRevisions(code, earlier) };
}

async function writeActions(outdir: string, built: readonly BuiltAction[]): Promise<BundledAction[]> {
  // The deploy CLI imports whatever lies there, an Action of an earlier version too.
  for (const folder of ['actions', 'event-streams']) {
    await rm(join(outdir, folder), { recursive: true, force: true });
  }
  return Promise.all(built.map((one) => writeAction(outdir, one)));
}

async function writeAction(outdir: string, { action, code }: BuiltAction): Promise<BundledAction> {
  const { name } = action;
  const file = join(outdir, codePath(name));
  await write(file, code);
  await write(join(outdir, 'actions', `${name}.json`), toJson(deployCliFile(action)));
  if (action.stream !== undefined) {
    await write(join(outdir, streamPath(action.stream.name)), toJson(deployCliStream(action.stream, name)));
  }
  return { name, file, bytes: Buffer.byteLength(code) };
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const toJson = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

async function main(): Promise<void> {
  const bundled = await bundleActions({
    ...{ outdir: join('dist', 'actions'), settings: configuredSettings(), now: Date.now() },
  });
  const rows = bundled.map(({ file, bytes }) => [file, String(bytes), String(SIZE_LIMIT_BYTES)]);
  for (const [file = '', bytes = '', limit = ''] of [['Action', 'bytes', 'limit'], ...rows]) {
    console.log(`${file.padEnd(64)}${bytes.padStart(8)}${limit.padStart(8)}`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
