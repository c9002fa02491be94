import type { Language } from './language';

/**
 * The headers that a page has to be sent with. Its address may hold a token, so nobody is told of it and nothing keeps
 * it. There is no Refresh header: it would load the page again under a script that works. The document says the same
 * to browsers that run none.
 */
export const pageHeaders = (language: Language, policy: string): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-language': language,
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
  'permissions-policy': PERMISSIONS,
});

/** The page needs nothing of what a browser can do beyond showing it. */
const PERMISSIONS = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb']
  .map((feature) => `${feature}=()`)
  .join(', ');
