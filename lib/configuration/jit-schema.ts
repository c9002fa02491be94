import * as z from 'zod';
import { section, textLike } from './section';
import { systemName } from './system-name';

const words = 'true, false or a list of names of systems';
const listed = `${words}, each once`;

const bringsTo = z.union(
  [
    z.boolean(),
    z
      .array(systemName)
      .refine((names) => names.length > 0 && new Set(names).size === names.length, { error: listed }),
  ],
  { error: listed },
);

/** As Auth0 names connections; longer than any name there can be. */
const connectionName = textLike(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}$/, 'the name of an Auth0 connection');

/** Whether those who come by a connection get accounts. */
export const jit = section({
  default: bringsTo
    .default(true)
    .describe(
      'Whether those who come by a connection that is not named get accounts: in all systems, in none, or in these alone.',
    ),
  connections: z
    .record(connectionName, bringsTo.describe('What this connection brings.'), {
      error: `an object with ${words} per connection`,
    })
    .default({})
    .describe('The same by the name of the connection, as in `{ github: false, employees: ["crm"] }`.'),
});

/** Whether those who come by a connection get accounts, and where. */
export type JitConfiguration = z.output<typeof jit>;
/** What one connection brings: accounts in all systems, in none, or in these. */
export type Brings = z.output<typeof bringsTo>;
