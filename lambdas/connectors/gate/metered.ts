import { type HttpClient, HttpError } from '../../runtime/http';
import type { Connector } from '../connector';
import type { PutEvent } from '../transport';
import type { TakeTurn } from './take-turn';

/** Each call over HTTP waits for its turn, so that a verb of several calls counts as that many. */
export function meteredHttp(http: HttpClient, takeTurn: TakeTurn): HttpClient {
  return async (request) => {
    await takeTurn(request.end?.at);
    // Whoever asked did not wait for the turn: what they gave up must not be done after all.
    if (request.end?.signal.aborted) throw new HttpError('timeout');
    return http(request);
  };
}

/** Each event for a bus waits for its turn. */
export function meteredPut(putEvent: PutEvent, takeTurn: TakeTurn): PutEvent {
  return async (event) => {
    await takeTurn();
    return putEvent(event);
  };
}

/** Each verb waits for its turn: for connectors whose verbs are one call each. */
export function meteredConnector(connector: Connector, takeTurn: TakeTurn): Connector {
  const inTurn =
    <Of extends unknown[], Result>(verb: (...of: Of) => Promise<Result>) =>
    async (...of: Of): Promise<Result> => {
      await takeTurn();
      return verb(...of);
    };
  return {
    find: inTurn(connector.find),
    read: inTurn(connector.read),
    ...(connector.match !== undefined && { match: inTurn(connector.match) }),
    create: inTurn(connector.create),
    change: inTurn(connector.change),
    setActive: inTurn(connector.setActive),
    remove: inTurn(connector.remove),
  };
}
