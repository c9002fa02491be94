import type { ConnectorDefinition } from './definition';

const MADE_HERE: unique symbol = Symbol.for('punctual.connector');

/** A connector that can be configured. */
export interface DefinedConnector<Settings = unknown> extends ConnectorDefinition<Settings> {
  readonly [MADE_HERE]: true;
}

/** What a connector is configured with: `settings: { … } satisfies SettingsOf<typeof desk>`. */
export type SettingsOf<Connector> = Connector extends DefinedConnector<infer Settings> ? Settings : never;

/** A connector of yours, to be the default export of a file in `systems/`. */
export function defineConnector<Settings = Readonly<Record<string, never>>>(
  definition: ConnectorDefinition<Settings>,
): DefinedConnector<Settings> {
  return { ...definition, [MADE_HERE]: true };
}

export function isConnector(value: unknown): value is DefinedConnector {
  return typeof value === 'object' && value !== null && MADE_HERE in value;
}

/** The settings as the connector wants them. Throws what its own schema throws. */
export function settingsFor<Settings>({ settings }: ConnectorDefinition<Settings>, json: unknown): Settings {
  return settings === undefined ? (json as Settings) : settings.parse(json);
}
