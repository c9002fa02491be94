import type { RestRoute } from '../protocol/rest-protocol';

const path = '/{Stage}/@connections/{ConnectionId}';
/** Says which API is meant: each has a name of its own. */
const headers = { Host: 'host' };

/** What backends do with the connections of WebSocket APIs. */
export const EXECUTE_API_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path, headers, operation: 'PostToConnection', textAs: 'Data' },
  { method: 'GET', path, headers, operation: 'GetConnection', textAs: 'Data' },
  { method: 'DELETE', path, headers, operation: 'DeleteConnection', textAs: 'Data' },
];
