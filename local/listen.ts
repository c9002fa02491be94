import type { Server } from 'node:http';
import { LocalError } from './local-error';

/** Ports of one run: consecutive ones from `first`, or any that are free. */
export interface PortPlan {
  next(): number;
}

export function planPorts(first?: number): PortPlan {
  let port = first;
  return { next: () => (port === undefined ? 0 : port++) };
}

/**
 * For longer than clients of a run are quiet. After Node's 5 s, a call on a machine that is busy meets the end of its
 * connection.
 */
const KEEP_ALIVE_MS = 120_000;

/**
 * Listens on loopback only and gives the port. Fails with `port-in-use`, `port-not-allowed` or `listen-failed`;
 * what is for the error's words, such as `The event API`.
 */
export function listen(server: Server, port: number, what: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(explain(error, port, what));
    server.once('error', failed);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Ends a server at once: connections that a client keeps open must not hold the process. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function explain(error: NodeJS.ErrnoException, port: number, what: string): LocalError {
  if (error.code === 'EADDRINUSE') {
    return new LocalError(
      'port-in-use',
      `Port ${port} is in use, ${what} cannot listen there. Choose another with --port.`,
    );
  }
  if (error.code === 'EACCES') {
    return new LocalError(
      'port-not-allowed',
      `Port ${port} is not allowed to this user, ${what} cannot listen there.`,
    );
  }
  return new LocalError('listen-failed', `${what} cannot listen on port ${port}: ${error.message}`);
}
