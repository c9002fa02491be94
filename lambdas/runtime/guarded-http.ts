import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type HttpClient, HttpError, readBounded } from './http';
import { isPublicAddress } from './public-address';

export interface GuardedHttpDeps {
  /** All addresses of a host. */
  readonly resolve: (hostname: string) => Promise<readonly LookupAddress[]>;
  readonly isPublic: (address: string) => boolean;
  readonly request: typeof requestHttps;
}

const THIS_WORLD: GuardedHttpDeps = {
  resolve: (hostname) => lookup(hostname, { all: true, verbatim: true }),
  isPublic: isPublicAddress,
  request: requestHttps,
};

/**
 * Calls an address that somebody wrote into the configuration, on the public internet alone: our network, our machine
 * and the credentials of our role are no target. The addresses that were checked are the ones that are connected to,
 * so that a name which answers differently a moment later gains nothing. Redirects are not followed, since they would
 * go around all this. Every call makes a connection of its own, and so asks again.
 */
export function createGuardedHttp(deps: GuardedHttpDeps = THIS_WORLD): HttpClient {
  return async ({ method, url, headers, body, timeoutMs }) => {
    const target = new URL(url);
    // An address in the place of a name is connected to without being looked up.
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    const isRefused = isIP(literal) !== 0 && !deps.isPublic(literal);
    if (target.protocol !== 'https:' || isRefused) throw new HttpError('refused');
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { method, headers, signal, lookup: guardedLookup(deps), agent: false };
    try {
      const answer = await send(deps, target, options, body);
      return {
        status: answer.statusCode ?? 0,
        headers: headersOf(answer),
        body: await readBounded(answer),
      };
    } catch (error) {
      if (error instanceof HttpError) throw error;
      throw new HttpError(signal.aborted ? 'timeout' : 'unreachable');
    }
  };
}

function send(
  { request }: GuardedHttpDeps,
  target: URL,
  options: RequestOptions,
  body = '',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(target, options, resolve).on('error', reject).end(body);
  });
}

// One address that is not public spoils all: a name that has both is made for an attack, or wrong.
function guardedLookup({ resolve, isPublic }: GuardedHttpDeps): LookupFunction {
  return (hostname, { all }, done) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) return done(new HttpError('unreachable'), []);
        if (!addresses.every(({ address }) => isPublic(address))) return done(new HttpError('refused'), []);
        return all === true ? done(null, [...addresses]) : done(null, first.address, first.family);
      },
      (error) => done(error, []),
    );
  };
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const pairs = Object.entries(headersDistinct).map(([name, values = []]): [string, string] => [
    name,
    values.join(', '),
  ]);
  return new Headers(pairs);
}
