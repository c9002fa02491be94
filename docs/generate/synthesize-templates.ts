import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, NestedStack, type Stack } from 'aws-cdk-lib';
import { context as flags } from '../../cdk.json';
import { type ConfigurationInput, defineConfiguration } from '../../lib/configuration';
import { createUserProvisioningApp } from '../../lib/user-provisioning-app';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A template as it is uploaded. */
export interface SizedTemplate {
  /** `root`, or the name of the system. */
  readonly name: string;
  readonly bytes: number;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What is taken to be kept, as in production. */
const ENVIRONMENT = { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } };

/** The templates of a stack with `systems`, without the bundles of its functions. */
export function synthesizeTemplates(systems: ConfigurationInput['systems']): SizedTemplate[] {
  const configuration = defineConfiguration({ environments: { prod: ENVIRONMENT }, systems });
  const outdir = mkdtempSync(join(tmpdir(), 'punctual-templates-'));
  const validation = process.env.CDK_VALIDATION;
  // It takes a second for each synthesis, and `cdk synth` does it anyway.
  process.env.CDK_VALIDATION = 'false';
  try {
    // What is in `systems/` is a team's, and no number of ours.
    const context = { ...flags, systems: 'examples/systems', 'aws:cdk:bundling-stacks': [] };
    return templatesOf(createUserProvisioningApp(configuration, { outdir, context }));
  } finally {
    restore('CDK_VALIDATION', validation);
    rmSync(outdir, { recursive: true });
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function templatesOf(app: App): SizedTemplate[] {
  app.synth();
  const [root] = app.node.children as Stack[];
  if (root === undefined) throw new Error('The app has no stack.');
  const nested = root.node.children.filter((child) => child instanceof NestedStack);
  return [readTemplate(app.outdir, 'root', root), ...nested.map((stack) => readNested(app.outdir, stack))];
}

function readNested(outdir: string, stack: NestedStack): SizedTemplate {
  return readTemplate(outdir, stack.node.id.replace(/^System-/, ''), stack);
}

function readTemplate(outdir: string, name: string, { templateFile }: Stack): SizedTemplate {
  const text = readFileSync(join(outdir, templateFile), 'utf8');
  const { Resources = {}, Outputs = {}, Parameters = {} } = JSON.parse(text);
  return {
    name,
    bytes: Buffer.byteLength(text),
    resources: Resources,
    outputs: Outputs,
    parameters: Parameters,
  };
}
