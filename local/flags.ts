import { parseArgs } from 'node:util';
import { PLANS, type Plan } from './auth0/management-api/rate-limits';
import type { AskedFault } from './faults/fault-schema';
import { readFaultFlag } from './faults/read-fault-flag';
import { LocalError } from './local-error';

/** What `npm start -- …` understands. */
export interface Flags {
  /** End when every user is settled, instead of serving on. */
  readonly once: boolean;
  /** Print a summary as JSON in the last line. */
  readonly json: boolean;
  /** @default the users of `examples/users.json` */
  readonly users?: number | undefined;
  /** First port; the others follow. @default any free ports */
  readonly port?: number | undefined;
  readonly timeScale: number;
  /** Of the tenant: how much its Management API takes. */
  readonly plan: Plan;
  /** Gets outputs.json, the assembly and the logs. */
  readonly directory: string;
  /** Directory of an earlier run whose assembly and Actions are used again. */
  readonly assembly?: string | undefined;
  /** What is to go wrong from the beginning. */
  readonly fault: readonly AskedFault[];
  /** Lets every system fail now and then. */
  readonly faults: boolean;
}

export const OPTIONS = {
  once: { type: 'boolean' },
  json: { type: 'boolean' },
  users: { type: 'string' },
  port: { type: 'string' },
  'time-scale': { type: 'string' },
  'tenant-plan': { type: 'string' },
  directory: { type: 'string' },
  assembly: { type: 'string' },
  fault: { type: 'string', multiple: true },
  faults: { type: 'boolean' },
} as const;

/** Fails with `unknown-flag` or `bad-flag`, in one line. */
export function parseFlags(args: readonly string[]): Flags {
  const values = parse(args);
  return {
    once: values.once ?? false,
    json: values.json ?? false,
    users: wholeNumber('users', values.users, 0, 1_000_000),
    port: wholeNumber('port', values.port, 1, 65_535),
    timeScale: wholeNumber('time-scale', values['time-scale'], 1, 1_000_000) ?? 1,
    plan: planIn(values['tenant-plan']),
    directory: values.directory ?? '.punctual',
    assembly: values.assembly,
    fault: (values.fault ?? []).map(readFaultFlag),
    faults: values.faults ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException);
  }
}

function explain(error: NodeJS.ErrnoException): LocalError {
  const known = Object.keys(OPTIONS).map((name) => `--${name}`);
  const stray = /'([^']+)'/.exec(error.message)?.[1] ?? 'A flag';
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    return new LocalError('bad-flag', (error.message.split('\n')[0] ?? '').replace(/\.$/, ''));
  }
  return new LocalError('unknown-flag', `${stray} is not known here, known are ${known.join(', ')}`);
}

function planIn(text = 'essentials'): Plan {
  if (text in PLANS) return text as Plan;
  throw new LocalError('bad-flag', `--tenant-plan is ${text}, allowed are ${Object.keys(PLANS).join(', ')}`);
}

function wholeNumber(
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new LocalError(
    'bad-flag',
    `--${name} is ${text}, allowed are whole numbers from ${least} to ${most}`,
  );
}
