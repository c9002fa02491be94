import type { FunctionInfo } from '../functions/functions';
import type { LocalRun } from '../local-run';
import { readSecret } from '../read-secret';
import { clientIn, type TokenIssuer } from './token-issuer';

/** Short enough that a run of some minutes sees one end. */
const LIFETIME_SECONDS = 300;

/** Where a connector asks for its tokens; undefined of one that has a token. */
export function tokenUrlOf({ environment }: FunctionInfo): URL | undefined {
  const { SCIM_TOKEN_ENDPOINT: endpoint } = environment;
  return endpoint === undefined
    ? undefined
    : new URL((JSON.parse(endpoint) as { tokenUrl: string }).tokenUrl);
}

export const isClientSecret = ({ environment }: FunctionInfo, arn: string) =>
  environment.SCIM_CLIENT_SECRET_ARN === arn;

/** Who issues the tokens of all systems that want some, with the clients that are in their secrets now. */
export async function issuerOf(run: LocalRun): Promise<TokenIssuer | undefined> {
  const asking = run.functions.list().flatMap((connector) => {
    const url = tokenUrlOf(connector);
    return url === undefined ? [] : [{ connector, path: url.pathname }];
  });
  if (asking.length === 0) return undefined;
  const clients = asking.map(async ({ connector: { name, environment } }) =>
    clientIn(name, await readSecret(run, environment.SCIM_CLIENT_SECRET_ARN ?? '')),
  );
  return {
    paths: [...new Set(asking.map(({ path }) => path))],
    clients: await Promise.all(clients),
    lifetimeSeconds: LIFETIME_SECONDS,
  };
}
