import { ENVIRONMENT_NAMES } from './environment-names';

type Name = keyof typeof ENVIRONMENT_NAMES;

/** The variables of a function. A missing or misshapen one throws when the function starts, naming it. */
export interface Environment {
  text(name: Name): string;
  /** Undefined where the variable is not set. */
  optional(name: Name): string | undefined;
  number(name: Name): number;
  flag(name: Name): boolean;
  json(name: Name): unknown;
}

export function createEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const text = (name: Name): string => {
    const value = variables[ENVIRONMENT_NAMES[name]];
    if (value === undefined || value === '') throw new Error(`${ENVIRONMENT_NAMES[name]} is not set.`);
    return value;
  };
  const number = (name: Name): number => {
    const value = Number(text(name));
    if (!Number.isFinite(value)) throw new Error(`${ENVIRONMENT_NAMES[name]} is not a number.`);
    return value;
  };
  const optional = (name: Name) => variables[ENVIRONMENT_NAMES[name]] || undefined;
  return {
    text,
    optional,
    number,
    flag: (name) => text(name) === 'true',
    json: (name) => JSON.parse(text(name)),
  };
}
