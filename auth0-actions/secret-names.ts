/**
 * Names of the secrets an operator gives the Action in Auth0. Auth0 never shows a value again, so what is
 * documented, deployed and read must be one spelling.
 */
export const SECRET_NAMES = {
  /** Stack output `EventApiUrl`, such as `https://….execute-api.eu-central-1.amazonaws.com/v1/`. */
  url: 'EVENT_API_URL',
  /** Value of the API key whose id is the stack output `EventApiKeyId`. It throttles, it does not authenticate. */
  apiKey: 'EVENT_API_KEY',
  /** `whsec_` + the value of the secret of the issuer: stack output `SigningSecretArn` or `EventStreamSecretArn`. */
  signingSecret: 'EVENT_SIGNING_SECRET',
} as const;

/** What the Action at login redeems invitations with. Without it no invitation is redeemed there. */
export const INVITATION_SECRET_NAMES = {
  /** Stack output `InvitationPageUrl`, with a slash at its end. */
  url: 'INVITATION_URL',
} as const;

/** Those of the Action at login beside them. Without them nobody is asked, and nobody is sent to the status page. */
export const STATUS_SECRET_NAMES = {
  /** Stack output `StatusPageUrl`, with a slash at its end. */
  url: 'STATUS_URL',
  /** Newest key of the secret in `StatusSecretArn`: what the Action signs for the page. */
  secret: 'STATUS_SECRET',
  /** Keys of the secret in `ReturnSecretArn`, with spaces between them: what the page signs for the Action. */
  returnSecret: 'RETURN_SECRET',
  /** Origins of the tenant's domains, such as `https://acme.eu.auth0.com,https://login.acme.com`. */
  origins: 'TENANT_ORIGINS',
} as const;
