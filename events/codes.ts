/**
 * The codes that Punctual says things with. They are stable: people alert on them, filter by them and redrive
 * by them. The text beside each is what a person reads, and docs/contract.md lists them all.
 */

/** The event was fine and nothing had to be done, or nothing may be done before an operator decides. */
export const SKIP_CODES = {
  'already-linked': 'The user has this account already.',
  unchanged: 'The account shows these attributes already.',
  stale: 'The event is older than what the account shows.',
  'other-system': 'The event is meant for another system.',
  deleted: 'The user was deleted; only a newer registration starts a new life.',
  erased: 'The user was erased; only a newer registration starts a new life.',
  disabled: 'The account is disabled; only an unblock event enables it.',
  deleting: 'The user was deleted; the account is switched off and removed when its time has come.',
  'not-due': 'The link has nothing to do yet.',
  held: 'The link is held for an operator.',
  'out-of-scope':
    'The scope of the system leaves the user out; what tells of the opposite brings the account.',
  'scope-unknown':
    'No event has said yet what the scope of the system asks for; one that says it brings the account.',
  'jit-off':
    'No connection of the user that was told of brings an account in the system; one that does brings it.',
  'not-asked-yet': 'The system makes an account with the first login or on request; neither came yet.',
  'merge-pending': 'The user became part of another one in Auth0; an operator says which account stays.',
  'deletion-threshold':
    'More accounts were to go than the configuration allows at once; held for an operator.',
  conflict: "An account that is not ours is in the way, or may be the user's; held for an operator.",
  ambiguous: "Several accounts in the system may be the user's; held for an operator.",
} as const;

/** The message comes back by itself; nothing is lost. */
export const RETRY_CODES = {
  'in-progress': 'Another worker holds the lease of this link.',
  settling: 'A worker died with its lease; waiting until its last call must have ended.',
  'lease-lost': 'The lease ran out before the result could be written.',
  erasing: 'An earlier life of the user is being erased; the new one begins after it.',
  'remote-unavailable': 'The system could not be reached or answered with a server error.',
  'remote-timeout': 'The system did not answer in time.',
  'remote-throttled': 'The system asked us to slow down.',
  'remote-unauthorized': 'The system refused our credentials.',
  'token-unavailable': 'The token endpoint of the system gave no access token.',
  'remote-misconfigured': 'The system answered as if the address or method were wrong.',
  'target-refused': 'The name of the target leads to an address that is not on the public internet.',
  'remote-invalid-answer': 'The system answered with something that is not the agreed format.',
  'still-there': 'The system still shows an account that was removed.',
  'breaker-open': 'The system failed for most users lately; nobody calls it before the next probe.',
  'waiting-for-system': 'A system that comes first has no account of the user yet.',
  'rate-limited': 'No call was free in time at the rate that the configuration grants.',
  'key-unknown': 'No key that was known so far made this signature; the keys are looked at once more.',
  'secret-unavailable': 'A secret could not be read.',
  'store-unavailable': 'A table of ours could not be read or written.',
  'internal-error': 'An unexpected error in the worker.',
} as const;

/** The sender could not be believed. Such messages go to quarantine, never back into a queue. */
export const AUTHENTICITY_CODES = {
  'not-accepted': 'The message did not come through the API.',
  'signature-missing': 'The message carries no signature.',
  'signature-malformed': 'The signature headers are not in the form of Standard Webhooks.',
  'signature-invalid': 'The signature does not match any key.',
  'signature-expired': 'The message was signed more than five minutes before or after the API accepted it.',
  'not-allowed': 'The issuer of this signature may not send this type.',
  'attribute-mismatch': 'The signed body and the attributes of the message disagree.',
} as const;

/** The event can never be processed as it is. It is parked in the system's DLQ. */
export const EVENT_CODES = {
  'malformed-json': 'The body is not JSON.',
  'invalid-envelope': 'The body is not a CloudEvents 1.0 envelope with data.user.',
  'unknown-type': 'The type is not one that Punctual knows.',
  'invalid-time': 'A timestamp is not ISO 8601.',
  'time-in-future': 'A timestamp of the event is more than five minutes after the event was accepted.',
  'invalid-user-id': 'data.user.user_id is missing, too long or holds control characters.',
  'invalid-attribute': 'An attribute has the wrong type, is too long or has a forbidden name.',
  'invalid-message': 'The message of the plain interface is not an object with username, email and user_id.',
} as const;

/** Authentic and well-formed, but it ended without an account. It is parked in the system's DLQ. */
export const REJECT_CODES = {
  'unsupported-type': 'This version does not act on this type of event yet.',
  'remote-rejected': 'The system refused the account as invalid.',
  'invalid-value': 'The event holds a value that the system cannot have in the attribute it is mapped to.',
  'removal-unsupported':
    'The system removes no accounts; it was switched off, and an operator removes it there.',
  'country-missing': 'Nobody said in which country the account is to be, and the system has no default.',
  'country-unknown': 'No instance of the system is for the country that the event says.',
  'instance-removed': 'The account is in an instance that the configuration of the system does not have.',
  'filter-ignored': 'The system ignores the filter of a look-up, so that it proves nothing.',
  'sign-off-missing': 'The system did not say in time that it made the account.',
  'sign-off-unexpected': 'The system signed off an account that was not handed over to it.',
  crashed: 'Five workers in a row died while they worked on this link.',
  'retries-exhausted': 'The system kept failing until the retry budget was used up.',
} as const;

/** What the provisioning API says beside the codes of links, which it repeats. */
export const API_CODES = {
  'invalid-request': 'A parameter, a header or the body is not as the API describes it.',
  'too-large': 'What is said of the user is more than an event may be.',
  'not-listed': 'No index holds links in this state, so that listing them would read every row there is.',
  'invalid-cursor': 'The cursor is not one that this list gave.',
  'invalid-token': 'The token is not one that says who calls.',
  'missing-scope': 'The token does not have the scope of this call.',
  'missing-permission':
    'The call is about others, and the token of a person does not have it among its permissions.',
  'machine-token': 'The token is one of a program, and this call is about the person of the token.',
  'user-blocked': 'The user is blocked.',
  'user-deleted': 'The user was deleted, or the token is one of an earlier life of theirs.',
  'user-erased': 'The user was erased.',
  'no-system': 'There is no such system, or none that has links.',
  'no-link': 'Nothing is known of the user in this system.',
  'no-account': 'The user has no account in this system, and none is on its way.',
  'user-unknown': 'Nothing is known of this user.',
  'profile-unknown':
    'Neither the token nor the call says enough of the user to make an account of it, and nor does Auth0 where it may be asked.',
  'life-unknown':
    'The call names a later life of the user than the one that goes on. Leave out created_at, or wait for Auth0 to say so.',
  'not-failed': 'The link neither failed nor was rejected, so that there is nothing to try again.',
  'not-yours': 'This is not the person’s own to change.',
  'not-found': 'There is no such route.',
  'auth0-unavailable': 'Auth0 was asked who the user is and did not say, or was asked too often. Try again.',
  unavailable: 'A table, a topic or a secret of ours could not be reached. Try again.',
} as const;

/** What is said of invitations, by the API and by the pages. */
export const INVITATION_CODES = {
  'unknown-role': 'No role of this name may be granted by an invitation.',
  'unknown-application': 'No application of this name is configured.',
  'idempotency-mismatch': 'Something else was asked for with this Idempotency-Key before.',
  'invitation-unknown': 'There is no such invitation, or the link is not one that counts.',
  'invitation-closed': 'The invitation is not open any more, so that it can be neither sent nor revoked.',
  'invitation-expired': 'The invitation was not accepted in time.',
  'invitation-revoked': 'The invitation was withdrawn.',
  'invitation-used': 'Somebody accepted the invitation already.',
  'wrong-account': 'The account is not one that this invitation is for.',
  'address-unverified':
    'The account has the address of the invitation, but nobody whose word counts says that it is theirs.',
} as const;

/** What is said of the mail of an invitation: on its row, in logs, and with what is parked. */
export const MAIL_CODES = {
  'mail-sent': 'SES took the mail.',
  'mail-not-wanted':
    'The invitation is not open any more, was sent anew since, or this mail went out already: there is nothing to send.',
  'mail-noted': 'What SES told of the mail is on the invitation.',
  'mail-throttled': 'SES asked us to send more slowly, or less a day.',
  'mail-unavailable': 'SES failed, or has our sending paused.',
  'mail-unanswered': 'SES did not answer: the mail may have gone out, and another one follows.',
  'mail-waits-for-auth0': 'Auth0 did not say yet what was to be done ahead of the mail, or asked us to wait.',
  'mail-address-refused': 'SES does not send to this address.',
  'mail-rejected':
    'SES does not send this mail, or nothing from this sender: the identity, the configuration set or a permission is missing, or the account may not send.',
  'mail-bounced': 'The receiving side refused the mail for good.',
  'mail-bounced-for-now': 'The receiving side did not take the mail, and may take another one later.',
  'mail-suppressed': 'SES sends nothing to the address, because of an earlier bounce or complaint.',
  'mail-complained': 'The person reported the mail as unwanted: nothing is sent to them again.',
  'mail-notice-stray': 'What SES told is of no mail that we know, or of an earlier one.',
  'mail-message-unknown': 'The message is neither a sending nor a notice of SES.',
} as const;

export type MailCode = keyof typeof MAIL_CODES;
export type InvitationCode = keyof typeof INVITATION_CODES;
export type ApiCode = keyof typeof API_CODES | InvitationCode | Extract<MailCode, 'mail-complained'>;
export type SkipCode = keyof typeof SKIP_CODES;
export type RetryCode = keyof typeof RETRY_CODES;
export type AuthenticityCode = keyof typeof AUTHENTICITY_CODES;
export type EventCode = keyof typeof EVENT_CODES;
export type RejectCode = AuthenticityCode | EventCode | keyof typeof REJECT_CODES;
export type Code = SkipCode | RetryCode | RejectCode;

/** Whether a code says that a message comes back to the link. */
export const isRetryCode = (code: string | undefined): boolean => code !== undefined && code in RETRY_CODES;

const ALL_CODES: Readonly<Record<Code, string>> = {
  ...SKIP_CODES,
  ...RETRY_CODES,
  ...AUTHENTICITY_CODES,
  ...EVENT_CODES,
  ...REJECT_CODES,
};

/** What `code` means, in plain words without personal data. */
export function describeCode(code: Code): string {
  return ALL_CODES[code];
}

/** True when `code` says that the sender could not be believed. */
export function isAuthenticityCode(code: Code): code is AuthenticityCode {
  return code in AUTHENTICITY_CODES;
}
