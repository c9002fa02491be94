import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The tokens that an Action sends along with a redirect, and gets back. Actions call for them without `await`, which
 * is why they are made here and not by jose, whose calls all take their time.
 */
export function encodeRedirectToken(secret: string, payload: object): string {
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${head}.${sign(secret, head)}`;
}

/** The payload of a token that was signed with the secret and is not over. Throws with words for the Action. */
export function decodeRedirectToken(secret: string, token: string, now: number): Record<string, unknown> {
  const [header = '', body = '', signature = '', ...more] = token.split('.');
  const [wanted, given] = [sign(secret, `${header}.${body}`), signature].map((text) => Buffer.from(text));
  if (more.length > 0 || wanted?.length !== given?.length) throw new Error('The session token is malformed');
  if (decode(header).alg !== 'HS256') throw new Error('The session token is signed in another way');
  if (!wanted || !given || !timingSafeEqual(wanted, given)) {
    throw new Error('The signature of the session token is wrong');
  }
  const payload = decode(body);
  if (typeof payload.exp !== 'number' || payload.exp * 1000 <= now) {
    throw new Error('The session token is over');
  }
  return payload;
}

function sign(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Said below.
  }
  throw new Error('The session token is malformed');
}
