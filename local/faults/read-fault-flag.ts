import * as z from 'zod';
import { LocalError } from '../local-error';
import { type AskedFault, NAMED_FAULT } from './fault-schema';
import { FAULT_NAMES } from './named-faults';

/** `crm=throttled,times=3,operation=POST`; fails with `bad-flag`, in one line. */
export function readFaultFlag(text: string): AskedFault {
  const [where = '', ...options] = text.split(',');
  const [system, fault, ...rest] = where.split('=');
  const pairs = options.map((option) => option.split('='));
  if (rest.length > 0 || pairs.some((pair) => pair.length !== 2)) throw bad(text, 'it has another form');
  const details = pairs.map(([name, value = '']) => [
    name,
    /^\d+(\.\d+)?$/.test(value) ? Number(value) : value,
  ]);
  const read = NAMED_FAULT.safeParse({ ...Object.fromEntries(details), system, fault });
  if (read.success) return read.data;
  throw bad(text, z.prettifyError(read.error).replace(/\s*\n\s*/g, ' '));
}

function bad(text: string, why: string): LocalError {
  const form = `a system, = and one of ${FAULT_NAMES.join(', ')}, then perhaps ,times=3`;
  return new LocalError('bad-flag', `--fault is ${text}, allowed are ${form}: ${why}`);
}
