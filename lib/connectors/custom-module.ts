import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  type DefinedConnector,
  isConnector,
  settingsFor,
} from '../../lambdas/connectors/custom/define-connector';
import type { CustomConfiguration } from '../configuration';
import { ConfigurationError } from '../configuration/define-configuration';

const ROOT = join(__dirname, '../..');
const load = createRequire(__filename);

/** A connector in `systems/`. */
export interface CustomModule {
  /** The file that is bundled. */
  readonly file: string;
  /** Its path in the repository without its ending, such as `systems/ticket-desk`. */
  readonly name: string;
}

export interface Asked {
  /** Name of the system. */
  readonly system: string;
  readonly configuration: CustomConfiguration;
  /** The folder of the modules, in the repository. */
  readonly folder: string;
}

/**
 * The module that the configuration names.
 *
 * @throws ConfigurationError where it is missing, is no connector, or does not take the settings.
 */
export function customModule({ system, configuration, folder }: Asked): CustomModule {
  const problem = (setting: string, given: unknown, allowed: string) =>
    new ConfigurationError([
      `systems.${system}.${setting}: given ${JSON.stringify(given)}; allowed is ${allowed}.`,
    ]);
  const { module, settings, correlate } = configuration;
  const name = `${folder}/${module}`;
  const file = ['.ts', '/index.ts'].map((ending) => join(ROOT, `${name}${ending}`)).find(existsSync);
  if (file === undefined)
    throw problem('module', module, `the name of a file in ${folder}/, and there is no ${name}.ts`);
  const { connector, fault } = loaded(file);
  if (connector === undefined) {
    const why = fault ?? 'its default export is none';
    throw problem('module', module, `a connector made by defineConnector, and of ${name}.ts ${why}`);
  }
  if (correlate.length > 0 && connector.match === undefined)
    throw problem('correlate', correlate, 'a list of rules for a connector that has the verb match');
  const refusal = refusalOf(connector, settings);
  if (refusal !== undefined) throw problem('settings', settings, `what ${name}.ts takes: ${refusal}`);
  return { file, name };
}

function loaded(file: string): { readonly connector?: DefinedConnector; readonly fault?: string } {
  try {
    const { default: connector } = load(file) as { readonly default?: unknown };
    return isConnector(connector) ? { connector } : {};
  } catch (error) {
    return { fault: `nothing can be loaded: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What the schema of the connector says of the settings; undefined where it takes them. */
function refusalOf(connector: DefinedConnector, settings: unknown): string | undefined {
  try {
    settingsFor(connector, settings);
    return undefined;
  } catch (error) {
    // What a schema of a team's own throws may be anything, also nothing.
    const { issues, message } = (error ?? {}) as Partial<Refusal>;
    if (!Array.isArray(issues)) return String(message ?? error);
    const placeOf = (path: unknown) => ['settings', ...(Array.isArray(path) ? path : [])].join('.');
    return issues.map((issue) => `${placeOf(issue?.path)}: ${issue?.message}`).join('; ');
  }
}

/** As zod says it. */
interface Refusal {
  readonly message: string;
  readonly issues: readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
}
