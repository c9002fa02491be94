import type * as z from 'zod';
import { type Configuration, type ConfigurationInput, configurationSchema } from './configuration-schema';
import { describeProblems } from './describe-problems';

/** Something in punctual.config.ts is wrong; the message lists every problem. Nothing is synthesized. */
export class ConfigurationError extends Error {
  readonly code = 'invalid-configuration';

  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`punctual.config.ts has ${count}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
    // Who reads this edited a configuration, and our own call stack would bury the message.
    this.stack = `${this.name}: ${this.message}`;
  }
}

/**
 * Checks the configuration and fills in the defaults.
 *
 * @throws ConfigurationError with the path, what was given and what is allowed for each wrong value.
 */
export function defineConfiguration(input: ConfigurationInput): Configuration {
  const result = configurationSchema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigurationError(describeProblems(result.error.issues as z.core.$ZodIssue[]));
}
