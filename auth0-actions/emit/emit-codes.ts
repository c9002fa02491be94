/**
 * How an Action ended, of which most are attempts to emit. An Action may print nothing else about it, so the code must be enough to act
 * on; docs/contract.md lists them all.
 */
export const EMIT_CODES = {
  emitted: 'The API took the event.',
  refused: 'The API answered with a status below 500 that is not a success: the event or the key is wrong.',
  unavailable:
    'The API answered with a status of 500 or above, and so did a second try if there was time for it.',
  unreachable: 'The connection could not be made or broke, and so did a second one if there was time for it.',
  'timed-out': 'The time-out ended before the API answered. It may still have taken the event.',
  answered:
    'The status API said how far the accounts are, or that of invitations what became of one, and there was nothing to tell of.',
  returned: 'A person came back from the status page, and what they brought along is believed.',
  'bad-return':
    'A person came back from the status page with nothing that is to be believed; the login went on.',
  denied: 'A required system failed, and the configuration says that a login ends then.',
  'pass-through': 'The person came by a connection whose people get no accounts; nobody is told.',
  paused: 'The API let a login wait for nothing a moment ago; nobody waits for it again so soon.',
  'missing-secret': 'A secret of the Action is not set.',
  'bad-url': 'EVENT_API_URL is not an https address.',
  'bad-api-key': 'EVENT_API_KEY holds characters that no header can carry.',
  'bad-signing-secret': 'EVENT_SIGNING_SECRET is not whsec_ and base64.',
  'bad-event': 'Auth0 handed over no tenant id or no user id.',
  'test-event': 'Auth0 sent it to try the stream out, and nobody is behind it.',
  'not-come-yet': 'The user was made for an invitation and never logged in; nobody is told before they do.',
  'other-event': 'An event of the stream that says nothing about a user.',
  'no-fetch': 'The runtime has no fetch.',
  'no-crypto': 'The runtime can make no HMAC.',
  unexpected: 'Anything else.',
} as const;

export type EmitCode = keyof typeof EMIT_CODES;

/** Ends emitting without an event sent; caught by `emit`, so it never reaches Auth0. */
export class NotEmitted extends Error {
  constructor(readonly code: EmitCode) {
    super(code);
  }
}
