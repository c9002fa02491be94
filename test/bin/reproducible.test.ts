import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { preparedIn } from '../../local/prepare';
import { preparedAssembly } from '../helpers/prepared-assembly';
import { aWorkingCopy } from '../helpers/working-copy';

/** Tells where on the machine each construct came from; `cdk diff` and a deployment do not read it. */
const NOT_DEPLOYED = /\.metadata\.json$/;

/** What a deployment uploads, by its path in the assembly. */
async function contentsOf(assembly: string): Promise<Record<string, string>> {
  const entries = await readdir(assembly, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashed = files
    .map((file) => relative(assembly, file))
    .filter((path) => !NOT_DEPLOYED.test(path))
    .sort()
    .map(async (path) => [path, hashOf(await readFile(join(assembly, path)))] as const);
  return Object.fromEntries(await Promise.all(hashed));
}

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');

// So `cdk diff` shows what somebody changed, and nothing when nobody changed anything.
test('the same sources in another directory make the same templates and bundles, byte for byte', async () => {
  const copy = await aWorkingCopy();
  try {
    const first = preparedIn(await preparedAssembly());
    // By the code of the copy, not by ours.
    await copy.prepare();
    const contents = await contentsOf(preparedIn(copy.directory).assembly);
    expect(Object.keys(contents).filter((path) => path.startsWith('asset.')).length).toBeGreaterThan(2);
    expect(contents).toEqual(await contentsOf(first.assembly));
  } finally {
    await copy.remove();
  }
});
