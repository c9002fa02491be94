import { Socket } from 'node:net';
import type { InstanceData } from './instance-data';

const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** Leads `fetch` to the stand-ins, and lets no connection leave the machine, whichever library opens it. */
export function installOutsideWorld(origins: InstanceData['origins']): void {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = typeof input === 'string' || input instanceof URL ? undefined : input;
    const url = new URL(request ? request.url : String(input));
    const target = localAddress(url, origins);
    return request ? realFetch(new Request(target, request), init) : realFetch(target, init);
  };
  refuseForeignConnections();
}

export function localAddress(url: URL, origins: InstanceData['origins']): string {
  if (LOOPBACK.includes(url.hostname)) return url.href;
  const origin = origins[url.origin];
  if (origin === undefined) throw notReachable(url.origin);
  return origin + url.pathname + url.search;
}

function refuseForeignConnections(): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...parameters: unknown[]): Socket {
    const host = hostOf(parameters[0]);
    if (host !== undefined && !LOOPBACK.includes(host)) throw notReachable(host);
    return Reflect.apply(connect, this, parameters);
  } as Socket['connect'];
}

/** Node hands its own calls over as an array of options and callback. */
function hostOf(parameter: unknown): string | undefined {
  const options = Array.isArray(parameter) ? parameter[0] : parameter;
  if (typeof options !== 'object' || options === null) return undefined;
  const { host } = options as { host?: string };
  return host;
}

function notReachable(where: string): Error {
  return new TypeError(`origin-not-allowed: ${where} is no system of this local run`);
}
