import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context as flags } from '../../../cdk.json';
import { type ConfigurationInput, defineConfiguration } from '../../../lib/configuration';
import { SystemStack } from '../../../lib/system-stack';
import { createUserProvisioningApp } from '../../../lib/user-provisioning-app';
import type { UserProvisioningStack } from '../../../lib/user-provisioning-stack';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string[];
  readonly Metadata?: Record<string, unknown>;
}

export interface Synthesized {
  readonly root: Template;
  /** The nested stack of each system, by its name. */
  readonly systems: Readonly<Record<string, Template>>;
  readonly warnings: readonly string[];
  readonly terminationProtection: boolean;
  /** All resources of a type in all stacks, as `<stack> <logical id>` and the resource. */
  all(type: string): [string, Resource][];
}

/** What else a configuration says. */
type Rest = Pick<ConfigurationInput, 'jit'>;
type Environment = ConfigurationInput['environments'][string];

const TENANT = 'acme.eu.auth0.com';
const ALARMS = { email: 'on-call@example.com' };

export const TWO_SYSTEMS: ConfigurationInput['systems'] = {
  profile: { kind: 'profile', attributes: ['username'], defaults: { categories: [] } },
  crm: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' },
};

/** People are invited. */
export const INVITATIONS = {
  ...{ from: 'Acme <hello@acme.com>', client: 'accept' },
  applications: { shop: { clientId: 'shop', loginUri: 'https://shop.acme.com/login' } },
} satisfies Environment['invitations'];

/** One of each kind. */
export const EVERY_KIND = {
  ...TWO_SYSTEMS,
  mailing: { kind: 'webhook', url: 'https://hooks.example.com/accounts', required: true },
  payroll: { kind: 'eventbridge' },
  desk: {
    ...{ kind: 'custom', module: 'ticket-desk', baseUrl: 'https://desk.example.com/api' },
    settings: { team: 'support' },
  },
  auth0: { kind: 'auth0' },
  search: { kind: 'sqs' },
} satisfies ConfigurationInput['systems'];

/** What is in `systems/` is a team's, and may be anything. */
export const EXAMPLES = { systems: 'examples/systems' };

const ANNOTATIONS = '@aws-cdk/core:annotationsInValidationReport';
export const NOTHING_BUNDLED = { 'aws:cdk:bundling-stacks': [], [ANNOTATIONS]: false };

/** Synthesizes the real app without bundling the functions. */
export function synthesize(
  environment: Partial<Environment> = {},
  systems: ConfigurationInput['systems'] = TWO_SYSTEMS,
  rest: Rest = {},
): Synthesized {
  const use = (app: App) => read(app.node.findChild('UserProvisioning-test') as UserProvisioningStack);
  return withApp(environment, systems, NOTHING_BUNDLED, use, rest);
}

/** What whoever validates says of the templates, as `npx cdk synth` asks them; `change` comes before. */
export function validationReports(
  environment: Partial<Environment> = {},
  change: (app: App) => void = () => undefined,
): unknown[] {
  return withApp(environment, EVERY_KIND, { ...NOTHING_BUNDLED, [ANNOTATIONS]: true }, (app) => {
    change(app);
    synthesizeValidated(app);
    const report = readFileSync(join(app.outdir, 'validation-report.json'), 'utf8');
    return (JSON.parse(report) as { pluginReports: unknown[] }).pluginReports;
  });
}

/** Elsewhere in tests it is off, as it takes seconds each time, and prints. */
function synthesizeValidated(app: App): void {
  process.env.CDK_VALIDATION = 'true';
  try {
    app.synth();
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
}

/** The bundles of the functions, by their content: each once. */
export function bundles(): string[] {
  return withApp({ invitations: INVITATIONS }, EVERY_KIND, {}, (app) => {
    app.synth();
    return readdirSync(app.outdir)
      .filter((name) => name.startsWith('asset.'))
      .map((name) => readFileSync(join(app.outdir, name, 'index.mjs'), 'utf8'));
  });
}

/** Makes the real app in a directory of its own, and cleans up. */
export function withApp<Result>(
  environment: Partial<Environment>,
  systems: ConfigurationInput['systems'],
  context: Record<string, unknown>,
  use: (app: App) => Result,
  rest: Rest = {},
): Result {
  const configuration = defineConfiguration({
    environments: { test: { tenant: TENANT, alarms: ALARMS, provisioningApi: {}, ...environment } },
    systems: environment.invitations === undefined ? systems : granting(systems),
    ...rest,
  });
  const outdir = mkdtempSync(join(tmpdir(), 'punctual-synth-'));
  try {
    return use(
      createUserProvisioningApp(configuration, { outdir, context: { ...flags, ...EXAMPLES, ...context } }),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** What invitations bring, somebody has to give. */
function granting(systems: ConfigurationInput['systems']): ConfigurationInput['systems'] {
  const isThere = Object.values(systems).some(({ kind }) => kind === 'auth0');
  return isThere ? systems : { ...systems, auth0: { kind: 'auth0' } };
}

function read(stack: UserProvisioningStack): Synthesized {
  const root = Template.fromStack(stack);
  const nested = stack.node.findAll().filter((node) => node instanceof SystemStack);
  const systems = Object.fromEntries(
    nested.map((system) => [system.node.id.slice('System-'.length), Template.fromStack(system)]),
  );
  const templates = Object.entries({ root, ...systems });
  return {
    root,
    systems,
    warnings: stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === 'aws:cdk:warning')
      .map(({ data }) => String(data)),
    terminationProtection: stack.terminationProtection ?? false,
    all: (type) =>
      templates.flatMap(([name, template]) =>
        Object.entries(template.findResources(type)).map(([id, resource]): [string, Resource] => [
          `${name} ${id}`,
          resource as Resource,
        ]),
      ),
  };
}

/** The one value of an object that has one. */
export function only<Value>(values: Readonly<Record<string, Value>> | readonly Value[]): Value {
  const list = Object.values(values) as Value[];
  if (list.length !== 1) throw new Error(`There are ${list.length}, not one.`);
  return list[0] as Value;
}
