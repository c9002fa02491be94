import { type LookupAddress, promises as names } from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { connect, type LookupFunction, Socket } from 'node:net';
import tls from 'node:tls';
import type { InstanceData } from './instance-data';

type Origins = InstanceData['origins'];

const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** Leads `fetch` and `https` to the stand-ins, and lets no connection leave the machine, whichever library opens it. */
export function installOutsideWorld(origins: Origins): void {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = typeof input === 'string' || input instanceof URL ? undefined : input;
    const url = new URL(request ? request.url : String(input));
    const target = localAddress(url, origins);
    return request ? realFetch(new Request(target, request), init) : realFetch(target, init);
  };
  answerNames(origins);
  endTls(origins);
  refuseForeignConnections();
  // Bundles are ES modules, which see what was put into Node's own modules only after this.
  syncBuiltinESMExports();
}

export function localAddress(url: URL, origins: Origins): string {
  if (LOOPBACK.includes(url.hostname)) return url.href;
  const origin = standInOf(url, origins);
  if (origin === undefined) throw notReachable(url.origin);
  return origin + url.pathname + url.search;
}

/** The longest address that the URL is below, or is; several systems may be at one host. */
function standInOf(url: URL, origins: Origins): string | undefined {
  const address = url.origin + url.pathname;
  const isAt = (known: string) => address === known || address.startsWith(`${known.replace(/\/$/, '')}/`);
  const known = Object.keys(origins).filter(isAt);
  return origins[known.toSorted((one, other) => other.length - one.length)[0] ?? ''];
}

/** Where the hosts of the world are, as far as whoever asks can tell. Nothing ever connects to it. */
const SOMEWHERE: LookupAddress = { address: '1.2.3.4', family: 4 };
const INSIDE: LookupAddress = { address: '10.1.2.3', family: 4 };

/** The DNS of the run: the hosts of its systems are on the public internet, except those of a private zone. */
function addressesOf(hostname: string, origins: Origins): LookupAddress[] {
  const isKnown = Object.keys(origins).some((origin) => new URL(origin).hostname === hostname);
  if (!isKnown) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
  return [hostname.endsWith('.internal') ? INSIDE : SOMEWHERE];
}

function answerNames(origins: Origins): void {
  const lookup = async (hostname: string, { all = false } = {}) => {
    const addresses = addressesOf(hostname, origins);
    return all ? addresses : addresses[0];
  };
  Object.assign(names, { lookup });
}

/**
 * Loopback stands in for TLS. Whoever connects looks the name up itself first, as in the world: what it refuses to
 * connect to there it refuses here.
 */
function endTls(origins: Origins): void {
  const end = ({ host = '', port = 443, lookup }: tls.ConnectionOptions & { lookup?: LookupFunction }) => {
    const name = `https://${host}${Number(port) === 443 ? '' : `:${port}`}`;
    const origin = origins[name];
    if (origin === undefined) throw notReachable(name);
    const standIn: LookupFunction = (_, options, done) => {
      const answer = [{ address: '127.0.0.1', family: 4 }];
      if (lookup === undefined) return done(null, answer);
      lookup(host, options, (error) => (error ? done(error, []) : done(null, answer)));
    };
    return connect({
      ...{ host: 'localhost', port: Number(new URL(origin).port) },
      ...{ lookup: standIn, autoSelectFamily: true },
    });
  };
  Object.assign(tls, { connect: end });
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
