import { rename, writeFile } from 'node:fs/promises';

/** Whoever waits for the file never reads half of it. */
export async function writeFileAtomically(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  await writeFile(unfinished, text);
  await rename(unfinished, file);
}
