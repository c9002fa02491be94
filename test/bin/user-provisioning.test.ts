import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { context } from '../../cdk.json';
import { aWorkingCopy, type WorkingCopy } from '../helpers/working-copy';

let copy: WorkingCopy;

beforeAll(async () => {
  copy = await aWorkingCopy();
});
afterAll(() => copy?.remove());

interface Ended {
  readonly code: number;
  readonly lines: string[];
}

/** Runs the app as the CDK command does. */
function runApp(environment: string | undefined): Promise<Ended> {
  const given = { ...context, 'aws:cdk:bundling-stacks': [], ...(environment && { environment }) };
  const env = {
    ...process.env,
    CDK_OUTDIR: join(copy.directory, 'cdk.out'),
    CDK_CONTEXT_JSON: JSON.stringify(given),
  };
  const args = ['--import', 'tsx', 'bin/user-provisioning.ts'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: copy.directory, env }, (error, _, stderr) => {
      const code = error === null ? 0 : Number(error.code);
      resolve({ code, lines: stderr.split('\n').filter((line) => line !== '') });
    });
  });
}

async function withConfiguration(change: (text: string) => string, run: () => Promise<void>): Promise<void> {
  const file = join(copy.directory, 'punctual.config.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, change(text));
  await run().finally(() => writeFile(file, text));
}

test('fails for an unknown environment with one line that names those there are', async () => {
  const { code, lines } = await runApp('nope');
  expect([code, lines]).toEqual([
    1,
    ['punctual: unknown-environment: -c environment: given "nope"; allowed is dev or prod.'],
  ]);
});

test('fails for a wrong configuration with a line for each problem, and no stack', async () => {
  const wrong = (text: string) => text.replace("kind: 'scim'", "kind: 'scm'").replace('dev: {', 'Dev: {');
  await withConfiguration(wrong, async () => {
    const { code, lines } = await runApp(undefined);
    expect([code, lines]).toEqual([
      1,
      [
        'punctual: invalid-configuration: punctual.config.ts has 2 problems:',
        expect.stringContaining('environments: given the name "Dev"'),
        expect.stringContaining('systems.crm.kind: given'),
      ],
    ]);
  });
});

test('fails for a configuration that is no TypeScript with the place, and no stack', async () => {
  await withConfiguration(
    (text) => `${text}\n}`,
    async () => {
      const { code, lines } = await runApp(undefined);
      expect([code, lines[0]]).toEqual([1, expect.stringContaining('punctual: unreadable-configuration')]);
      expect(lines.join('\n')).toMatch(/punctual\.config\.ts:\d+:\d+: ERROR/);
      expect(lines.join('\n')).not.toContain('    at ');
    },
  );
});

test('fails for a defect with all that is known of it', async () => {
  const broken = (text: string) => `${text}\nthrow new RangeError('a defect');`;
  await withConfiguration(broken, async () => {
    const { code, lines } = await runApp(undefined);
    expect([code, lines[0]]).toEqual([1, 'RangeError: a defect']);
    expect(lines.join('\n')).toContain('    at ');
  });
});
