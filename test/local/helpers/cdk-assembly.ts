import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { type CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';

/** Makes a function of the source of its `index.mjs`. */
export type AddFunction = (id: string, source: string) => LambdaFunction;

/** The cloud assembly of a stack that the CDK makes, for templates whose shape is the CDK's own affair. */
export function cdkAssembly(build: (stack: Stack, addFunction: AddFunction) => void): string {
  const directory = mkdtempSync(join(tmpdir(), 'punctual-cdk-'));
  const outdir = join(directory, 'cdk.out');
  const app = new App({ outdir });
  const stack = new Stack(app, 'Small');
  build(stack, (id, source) => {
    const path = join(directory, id);
    mkdirSync(path);
    writeFileSync(join(path, 'index.mjs'), source);
    const code = Code.fromAsset(path);
    const settings = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code };
    const added = new LambdaFunction(stack, id, settings);
    // The name of its log and of its calls.
    (added.node.defaultChild as CfnFunction).overrideLogicalId(id);
    return added;
  });
  app.synth();
  return outdir;
}
