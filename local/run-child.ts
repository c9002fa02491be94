import { spawn } from 'node:child_process';

export interface ChildOptions {
  readonly cwd: string;
  readonly environment?: Record<string, string>;
}

/** Runs a shell command to its end and gives what it printed. Rejects with the end of that when it fails. */
export function runChild(command: string, { cwd, environment = {} }: ChildOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed: string[] = [];
    child.stdout.on('data', (chunk) => printed.push(String(chunk)));
    child.stderr.on('data', (chunk) => printed.push(String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => {
      const text = printed.join('');
      if (code === 0) resolve(text);
      else reject(new Error(text.trim().slice(-4000) || `${command} ended with ${code}`));
    });
  });
}
