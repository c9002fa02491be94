import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';

const ROOT = join(__dirname, '..');

const BUNDLING = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  // The local run uses the same bundles on Node 20.
  target: 'node20',
  minify: true,
  // The SDK of the runtime loads more slowly than a bundled one, and changes under us. A function finds its
  // credentials in its environment. The SDK would load these only without any there, and they are a quarter of the
  // bundle.
  external: [
    ...['http', 'sso', 'ini', 'process', 'web-identity', 'login'].map(
      (way) => `@aws-sdk/credential-provider-${way}`,
    ),
    '@smithy/credential-provider-imds',
    // Loaded for operations that stream events, of which we call none.
    '@smithy/core/event-streams',
  ],
  // Without it esbuild takes the CommonJS builds, which are half as large again and cannot be shaken.
  mainFields: ['module', 'main'],
  // Dependencies that are CommonJS call require, which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
} satisfies BuildOptions;

/**
 * The bundle of `lambdas/<entry>.lambda.ts`. Not by the construct of CDK, which starts npx for each: that takes
 * three times as long as to bundle.
 *
 * @param modules Files that stand for modules which the entry imports by a name.
 */
export function functionCode(entry: string, modules: Readonly<Record<string, string>>): Code {
  return Code.fromAsset(ROOT, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Named only because CDK asks for one.
      image: DockerImage.fromRegistry('none'),
      // CDK bundles once what has the same command.
      command: [entry, ...Object.entries(modules).flat()],
      local: { tryBundle: (outdir) => bundle(entry, modules, join(outdir, 'index.mjs')) },
    },
  });
}

function bundle(entry: string, modules: Readonly<Record<string, string>>, outfile: string): boolean {
  const entryPoints = [join(ROOT, 'lambdas', `${entry}.lambda.ts`)];
  buildSync({ ...BUNDLING, absWorkingDir: ROOT, entryPoints, alias: { ...modules }, outfile });
  return true;
}
