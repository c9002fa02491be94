/** Claims that Auth0 writes itself. */
const RESTRICTED: ReadonlySet<string> = new Set(
  (
    'acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest ' +
    'entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf ' +
    'nonce object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date ' +
    'sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256'
  ).split(' '),
);

/** Domains of Auth0, which are no namespaces. */
const TAKEN_NAMESPACE = /^(urn:auth0|https?:\/\/([^/]*\.)?(auth0\.com|webtask\.io|webtask\.run)(\/|$))/;
const MOST_BYTES = 100_000;

/**
 * Whether Auth0 would take a custom claim; one that it does not take is left out, and nothing fails.
 * @see https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims
 */
export function isClaimTaken(name: string, value: unknown): boolean {
  if (RESTRICTED.has(name) || TAKEN_NAMESPACE.test(name)) return false;
  return value !== undefined && Buffer.byteLength(JSON.stringify(value) ?? '') <= MOST_BYTES;
}
