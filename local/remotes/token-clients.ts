import type { FunctionInfo } from '../functions/functions';
import type { LocalRun } from '../local-run';
import { readSecret } from '../read-secret';
import { scimTargetsOf } from './scim-targets';
import { clientIn, type TokenIssuer } from './token-issuer';

/** Short enough that a run of some minutes sees one end. */
const LIFETIME_SECONDS = 300;

/** True for the client of a server that a connector of the run calls. */
export const isClientSecret = (connector: FunctionInfo, arn: string) =>
  scimTargetsOf(connector).some(({ client }) => client?.arn === arn);

/** Who issues the tokens of all systems that want some, with the clients that are in their secrets now. */
export async function issuerOf(run: LocalRun): Promise<TokenIssuer | undefined> {
  const asking = run.functions
    .list()
    .flatMap(scimTargetsOf)
    .flatMap(({ name, client }) => (client === undefined ? [] : [{ name, ...client }]));
  if (asking.length === 0) return undefined;
  const clients = asking.map(async ({ name, arn }) => clientIn(name, await readSecret(run, arn)));
  return {
    paths: [...new Set(asking.map(({ tokenUrl }) => tokenUrl.pathname))],
    clients: await Promise.all(clients),
    lifetimeSeconds: LIFETIME_SECONDS,
  };
}
