import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { LocalRun } from './local-run';

const BIN = join(__dirname, '../../bin/punctual.js');
/** The name that the stack of the prepared assembly has in CloudFormation. */
const STACK = 'UserProvisioning-dev';

/** How a command ended and what it wrote, into pipes as a script has them. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The value that `--json` printed, where there is nothing but that. */
export interface Answered<Json> {
  readonly exitCode: number | null;
  readonly json: Json;
}

/** The real `punctual` as a process of its own, in front of a run. */
export interface Punctual {
  /** Every command that was run, and what it wrote. */
  readonly heard: (Ended & { readonly typed: string })[];
  run(words: readonly string[], input?: string): Promise<Ended>;
  /** The same with `--json`. Rejects when it prints anything but one JSON value. */
  ask<Json>(...words: string[]): Promise<Answered<Json>>;
}

/** `directory`: as on one's own machine; `stack`: as in front of AWS, which is the run's address. */
export function punctualOn(run: LocalRun, where: 'directory' | 'stack' = 'directory'): Punctual {
  const flags = where === 'stack' ? ['--stack', STACK] : ['--directory', run.directory];
  const environment = where === 'stack' ? awsEnvironment(run) : {};
  const heard: Punctual['heard'] = [];
  const start = async (words: readonly string[], input = '') => {
    // A flag that is typed counts, as the last of two does.
    const ended = await spawnBin([...flags, ...words], environment, input);
    heard.push({ typed: words.join(' '), ...ended });
    return ended;
  };
  return {
    heard,
    run: start,
    async ask<Json>(...words: string[]) {
      const { exitCode, stdout, stderr } = await start([...words, '--json']);
      if (!/^[^\n]+\n$/.test(stdout) || stderr !== '') throw new Error(`Not one value: ${stdout}${stderr}`);
      return { exitCode, json: JSON.parse(stdout) as Json };
    },
  };
}

/** What a shell has in which `aws` works. */
function awsEnvironment({ local }: LocalRun): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: local.AwsEndpoint,
    AWS_REGION: local.Region,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'operator',
  };
}

async function spawnBin(
  words: readonly string[],
  environment: Record<string, string>,
  input: string,
): Promise<Ended> {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [BIN, ...words], { env: { ...inherited, ...environment } });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exitCode: await ended, stdout, stderr };
}
