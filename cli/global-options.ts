import type { Options } from 'yargs';

const WHERE = 'Where:';

export const DEFAULT_DIRECTORY = '.punctual';

/** Flags of every command. */
export const GLOBAL_OPTIONS = {
  stack: { type: 'string', group: WHERE, description: 'a deployed stack, instead of the local run' },
  region: { type: 'string', group: WHERE, description: 'AWS region of the stack' },
  profile: { type: 'string', group: WHERE, description: 'profile of the AWS credentials' },
  directory: {
    type: 'string',
    group: WHERE,
    default: DEFAULT_DIRECTORY,
    description: 'files of the local run',
  },
  json: { type: 'boolean', default: false, description: 'prints one JSON value, for scripts' },
} as const satisfies Record<string, Options>;
