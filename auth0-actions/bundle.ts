import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACTIONS } from './actions';
import { buildAction, SIZE_LIMIT_BYTES } from './build-action';
import { attributePathFaults } from './emit/attribute-paths';

export interface BundleOptions {
  /** Folder for `<name>/code.js`, the layout of Auth0's deploy CLI. */
  readonly outdir: string;
  /** `emit.attributes` of punctual.config.ts. */
  readonly attributes: readonly string[];
}

export interface BundledAction {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
}

/** Builds every Action into one file each. Rejects, and writes nothing, when one cannot be deployed. */
export async function bundleActions({ outdir, attributes }: BundleOptions): Promise<BundledAction[]> {
  const faults = attributePathFaults(attributes);
  if (faults.length > 0) throw new Error(`emit.attributes in punctual.config.ts: ${faults.join(' ')}`);
  const codes = await Promise.all(ACTIONS.map((action) => buildAction(action, attributes)));
  return Promise.all(ACTIONS.map(({ name }, index) => write(outdir, name, codes[index] ?? '')));
}

async function write(outdir: string, name: string, code: string): Promise<BundledAction> {
  const file = join(outdir, name, 'code.js');
  await mkdir(join(outdir, name), { recursive: true });
  await writeFile(file, code);
  return { name, file, bytes: Buffer.byteLength(code) };
}

async function main(): Promise<void> {
  // Here and not above, so that whoever only wants to bundle does not load the stack's configuration too.
  const { configuration } = await import('../punctual.config');
  const bundled = await bundleActions({
    outdir: join('dist', 'actions'),
    attributes: configuration.emit.attributes,
  });
  const rows = bundled.map(({ file, bytes }) => [file, String(bytes), String(SIZE_LIMIT_BYTES)]);
  for (const [file = '', bytes = '', limit = ''] of [['Action', 'bytes', 'limit'], ...rows]) {
    console.log(`${file.padEnd(48)}${bytes.padStart(8)}${limit.padStart(8)}`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
