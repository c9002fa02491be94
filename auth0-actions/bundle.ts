import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ACTIONS, type ActionDefinition } from './actions';
import { buildAction, SIZE_LIMIT_BYTES } from './build-action';
import { codePath, deployCliFile, deployCliStream, streamPath } from './deploy-cli-file';
import { attributePathFaults } from './emit/attribute-paths';

export interface BundleOptions {
  /** Folder that auth0-deploy-cli imports: gets `actions/<name>.json`, `actions/<name>/code.js` and event streams. */
  readonly outdir: string;
  /** `emit.attributes` of punctual.config.ts. */
  readonly attributes: readonly string[];
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

/** Builds every Action. Rejects when one cannot be deployed. */
export async function buildActions(attributes: readonly string[]): Promise<BuiltAction[]> {
  const faults = attributePathFaults(attributes);
  if (faults.length > 0) throw new Error(`emit.attributes in punctual.config.ts: ${faults.join(' ')}`);
  return Promise.all(
    ACTIONS.map(async (action) => ({ action, code: await buildAction(action, attributes) })),
  );
}

/** Builds every Action with the attributes of punctual.config.ts. */
export async function buildConfiguredActions(): Promise<BuiltAction[]> {
  return buildActions(configuredAttributes());
}

/** `emit.attributes` of punctual.config.ts. */
export function configuredAttributes(): readonly string[] {
  // Here and not above, so that whoever only wants to bundle does not load the stack's configuration too.
  const { configuration } = require('../punctual.config') as typeof import('../punctual.config');
  return configuration.emit.attributes;
}

/** Writes every Action into files. Rejects, and writes nothing, when one cannot be deployed. */
export async function bundleActions({ outdir, attributes }: BundleOptions): Promise<BundledAction[]> {
  return writeActions(outdir, await buildActions(attributes));
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
  const bundled = await writeActions(join('dist', 'actions'), await buildConfiguredActions());
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
