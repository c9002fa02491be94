import type { InferredOptionType, Options } from 'yargs';
import type { Deps } from './deps';

/** Flags and positionals by name, as yargs describes them. */
export type OptionTable = Readonly<Record<string, Options>>;

type Camel<Name> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name;
type IsOptional<Option extends Options> = undefined extends InferredOptionType<Option> ? true : false;

/** What `run` gets for a table of options: names in camel case, without what was not given. */
export type ArgsOf<Table extends OptionTable> = {
  readonly [Name in keyof Table as IsOptional<Table[Name]> extends true
    ? never
    : Camel<Name>]: InferredOptionType<Table[Name]>;
} & {
  readonly [Name in keyof Table as IsOptional<Table[Name]> extends true ? Camel<Name> : never]?:
    | InferredOptionType<Table[Name]>
    | undefined;
};

/** How a command ended. */
export interface Report {
  /** @default 0 */
  readonly exitCode?: 0 | 1;
  /** The one value that `--json` prints. */
  readonly json: unknown;
}

export interface CommandDefinition<Table extends OptionTable> {
  /** As one types it, with its positionals: `dlq redrive <queue>`. */
  readonly usage: string;
  /** One line, in lower case and without a full stop, for the list of commands. */
  readonly summary: string;
  /** What a reader of the help needs to know beyond the flags. */
  readonly details?: string;
  /** Positionals among them, by the names in `usage`. */
  readonly options: Table;
  /** What one types after `punctual`, and what it does. */
  readonly examples: readonly (readonly [typed: string, words: string])[];
  /** When it ends with 1; the other codes mean the same everywhere. */
  readonly endsWithOne?: string;
  readonly run: (args: ArgsOf<Table>, deps: Deps) => Promise<Report>;
}

/** A command whose flags are not known by type any more. */
export type Command = Omit<CommandDefinition<OptionTable>, 'run'> & {
  readonly run: (args: never, deps: Deps) => Promise<Report>;
};

/** Lets `run` know the types of `options`. */
export function defineCommand<const Table extends OptionTable>(
  definition: CommandDefinition<Table>,
): CommandDefinition<Table> {
  return definition;
}
