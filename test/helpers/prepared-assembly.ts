import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { prepare } from '../../local/prepare';

const ROOT = join(__dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/punctual');
const SOURCES = [
  ...['bin', 'lib', 'lambdas', 'events', 'auth0-actions', 'status-page'],
  ...['punctual.config.ts', 'cdk.json'],
];
const STALE_LOCK_MS = 60_000;

/**
 * Directory with the synthesized assembly and the bundled Actions of the sources as they are. Made once for all
 * journeys, and again only when a source changed; whoever comes second waits.
 */
export async function preparedAssembly(): Promise<string> {
  const directory = join(CACHE, await hashOfSources());
  while (!existsSync(directory)) {
    if (await lock(directory)) await make(directory).finally(() => rmdir(`${directory}.lock`));
    else await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return directory;
}

async function make(directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await prepare(unfinished);
  await removeOthers(directory);
  await rename(unfinished, directory);
}

/** Making a folder succeeds for one process only. */
async function lock(directory: string): Promise<boolean> {
  const folder = `${directory}.lock`;
  await mkdir(CACHE, { recursive: true });
  try {
    await mkdir(folder);
    return true;
  } catch {
    const age = Date.now() - ((await stat(folder).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > STALE_LOCK_MS) await rmdir(folder).catch(() => {});
    return false;
  }
}

/** Keeps the last few, in use by tests that run against an older state of the sources. */
async function removeOthers(directory: string): Promise<void> {
  const names = (await readdir(CACHE)).filter((name) => /^[0-9a-f]+$/.test(name));
  const ages = await Promise.all(names.map(async (name) => (await stat(join(CACHE, name))).mtimeMs));
  const oldest = names.sort(
    (one, other) => (ages[names.indexOf(one)] ?? 0) - (ages[names.indexOf(other)] ?? 0),
  );
  for (const name of oldest.slice(0, -4)) {
    if (join(CACHE, name) !== directory) await rm(join(CACHE, name), { recursive: true, force: true });
  }
}

async function hashOfSources(): Promise<string> {
  const files = (await Promise.all(SOURCES.map(filesUnder))).flat().sort();
  const hash = createHash('sha256').update(process.version);
  for (const file of files) hash.update(file).update(await readFile(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}

async function filesUnder(path: string): Promise<string[]> {
  if (!(await stat(join(ROOT, path))).isDirectory()) return [path];
  const entries = await readdir(join(ROOT, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}
