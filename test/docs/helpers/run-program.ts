import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What Node.js prints when it is given these arguments. Rejects with it when it ends with another code than 0. */
export async function run(args: readonly string[], cwd: string): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, [...args], { cwd })).stdout.trim();
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}`);
  }
}
