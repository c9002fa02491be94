import type { Answer } from '../api/json-answer';
import { readTicket } from '../tokens/read-ticket';
import type { ReadTokenSecrets } from '../tokens/token-secrets';

/** Somebody who wants to open a socket. */
export interface Knock {
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | undefined;
}

export interface ConnectDeps {
  readonly statusSecrets: ReadTokenSecrets;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * `$connect`: opens a socket for whoever has a ticket, and notes nothing. A push before it is open is refused by AWS,
 * and a ticket that is used twice opens one more socket over which nothing comes without a status token.
 */
export function createConnectRoute(deps: ConnectDeps): (knock: Knock) => Promise<Answer> {
  return async ({ queryStringParameters }) => {
    const ticket = queryStringParameters?.ticket ?? '';
    const read = await readTicket(ticket, deps.statusSecrets, deps.now());
    return { statusCode: read.ok ? 200 : 401 };
  };
}
