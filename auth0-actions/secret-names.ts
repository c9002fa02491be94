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
