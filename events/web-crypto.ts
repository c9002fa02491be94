import type { webcrypto } from 'node:crypto';

type WebCrypto = Pick<webcrypto.Crypto, 'subtle'>;

/**
 * The Web Cryptography API of this runtime. Auth0 documents neither the global nor `node:crypto` for Actions,
 * so either will do; a runtime with neither throws here, at the first use and not at load.
 */
export function webCrypto(): WebCrypto {
  if (globalThis.crypto?.subtle !== undefined) return globalThis.crypto;
  const { webcrypto } = require('node:crypto') as { webcrypto: WebCrypto };
  return webcrypto;
}
