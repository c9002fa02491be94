/**
 * What Auth0 documents of Actions and of the Management API, for tenants of the plans Essentials and Professional.
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
export const TENANT_LIMITS = {
  codeBytes: 100_000,
  actions: 100,
  actionsPerTrigger: 20,
  versions: 50,
  secrets: 30,
  dependencies: 10,
  secretName: 128,
  secretValue: 4096,
  /** Approximated: Auth0 documents none. */
  actionName: 128,
  /** Auth0 names it for connections to its Events API. Approximated: it does not say whether streams count there. */
  eventStreams: 4,
  checkpointSize: 50,
  pageSize: 20,
  largestPage: 100,
  /** Calls at once, refilled by 150 a minute. */
  burst: 10,
  perSecond: 2.5,
} as const;
