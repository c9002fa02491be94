/**
 * Names of the environment variables of our Lambda functions. The stack sets them, the functions read them,
 * and both use these constants: a variable that is misspelt on one side does not compile.
 */
export const ENVIRONMENT_NAMES = {
  /** Name of the configured environment, such as `dev`. Part of every externalId. */
  environment: 'PUNCTUAL_ENVIRONMENT',
  /** The Auth0 tenant's domain, such as `acme.eu.auth0.com`. Part of every externalId and userRef. */
  tenant: 'AUTH0_TENANT',
  /** Name of the system this function serves, such as `crm`. */
  system: 'SYSTEM',
  /** Names of all systems, joined by commas. */
  systems: 'SYSTEMS',
  /** Names of the systems that take events and whose queues their own teams work off, joined by commas. */
  consumingSystems: 'CONSUMING_SYSTEMS',
  userLinkTableName: 'USER_LINK_TABLE_NAME',
  /** What the workers of a system share. */
  systemTableName: 'SYSTEM_TABLE_NAME',
  /** Where it is noted what those do who look after users. */
  auditTableName: 'AUDIT_TABLE_NAME',
  eventTopicArn: 'EVENT_TOPIC_ARN',
  sourceQueueUrl: 'SOURCE_QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  quarantineQueueUrl: 'QUARANTINE_QUEUE_URL',
  /** Secret that the bundled Actions in the login path sign with. */
  signingSecretArn: 'SIGNING_SECRET_ARN',
  /** Secret that the Action behind Auth0's event stream signs with. */
  eventStreamSecretArn: 'EVENT_STREAM_SECRET_ARN',
  /** Secret that we sign with ourselves. */
  punctualSecretArn: 'PUNCTUAL_SECRET_ARN',
  /** Secret that turns a user id into a userRef. */
  pepperSecretArn: 'USER_REF_PEPPER_ARN',
  /** `true` when the plain interface takes unsigned calls. */
  plainInterfaceUnsigned: 'PLAIN_INTERFACE_UNSIGNED',
  /** Milliseconds one call to the remote system may take. */
  requestTimeoutMs: 'REQUEST_TIMEOUT_MS',
  /** Milliseconds a claimed link stays ours; longer than the function may live. */
  leaseMs: 'LEASE_MS',
  /** Milliseconds to wait after an expired lease or an unknown outcome before looking up again. */
  settleMs: 'SETTLE_MS',
  retryBaseMs: 'RETRY_BASE_MS',
  retryCapMs: 'RETRY_CAP_MS',
  /** Retrying ends when both the horizon and the number of attempts are used up. */
  retryHorizonMs: 'RETRY_HORIZON_MS',
  retryMinAttempts: 'RETRY_MIN_ATTEMPTS',
  /** Milliseconds that a message may be in its queue, whatever it waits for. */
  retryBudgetMs: 'RETRY_BUDGET_MS',
  /** JSON of the rate at which the system may be called, or `null`. */
  rate: 'RATE',
  /** The breaker opens when of at least so many users this part fails within the window. */
  breakerMinimumUsers: 'BREAKER_MINIMUM_USERS',
  breakerFailurePercent: 'BREAKER_FAILURE_PERCENT',
  breakerWindowMs: 'BREAKER_WINDOW_MS',
  /** Milliseconds until the first probe, and between two at most. */
  breakerPauseMs: 'BREAKER_PAUSE_MS',
  breakerLongestPauseMs: 'BREAKER_LONGEST_PAUSE_MS',
  /** `delete` or `disable`: what becomes of the account of a user who was deleted. */
  leaveEnding: 'LEAVE_ENDING',
  /** Milliseconds before it is switched off, and from then until it is removed. */
  leaveAfterMs: 'LEAVE_AFTER_MS',
  leaveGraceMs: 'LEAVE_GRACE_MS',
  /** Accounts that may go within a window, and its length. */
  deletionThreshold: 'DELETION_THRESHOLD',
  deletionWindowMs: 'DELETION_WINDOW_MS',
  /** JSON array of where each attribute of an account comes from: `MappingRule[]`. */
  mapping: 'MAPPING',
  /** JSON of the correlation rules, and of who may be adopted by them. */
  adoption: 'ADOPTION',
  /** JSON of who is to have an account, a `ScopeRule`, or null for everybody. */
  scope: 'SCOPE',
  /** `registration`, `login` or `use`: from when on a user is to have an account. */
  provisionAt: 'PROVISION_AT',
  /** JSON of which connections bring accounts in the system, a `JitRule`; absent where all of them do. */
  jitRule: 'JIT_RULE',
  /** `disable`, `delete` or `keep`: what becomes of the account of a user who left the scope. */
  onLeaveScope: 'ON_LEAVE_SCOPE',
  /** JSON array of the systems that are to have an account of a user first. */
  after: 'AFTER',
  /** JSON of in which instance of the system which users are, a `CountryRule`; absent of a system that has one. */
  instances: 'INSTANCES',
  scimBaseUrl: 'SCIM_BASE_URL',
  /** JSON of the SCIM server of each instance: a `ScimServer` by its name. */
  scimServers: 'SCIM_SERVERS',
  scimTokenSecretArn: 'SCIM_TOKEN_SECRET_ARN',
  /** Where access tokens come from, a `TokenEndpoint`, and the secret with the client; absent with a token of its own. */
  scimTokenEndpoint: 'SCIM_TOKEN_ENDPOINT',
  scimClientSecretArn: 'SCIM_CLIENT_SECRET_ARN',
  /** JSON of in what a SCIM server differs: a `Dialect`. */
  scimDialect: 'SCIM_DIALECT',
  customBaseUrl: 'CUSTOM_BASE_URL',
  /** What a team's connector calls its system with. */
  customSecretArn: 'CUSTOM_SECRET_ARN',
  /** JSON of the settings of a team's connector. */
  customSettings: 'CUSTOM_SETTINGS',
  profileTableName: 'PROFILE_TABLE_NAME',
  /** JSON object of attributes every new profile row starts with. */
  profileDefaults: 'PROFILE_DEFAULTS',
  /** ARN of the bus that a system is told on. */
  eventBusArn: 'EVENT_BUS_ARN',
  webhookUrl: 'WEBHOOK_URL',
  /** Secret with the keys that messages to a webhook are signed with. */
  webhookSecretArn: 'WEBHOOK_SECRET_ARN',
  /** Secret that a system signs with which says which accounts it made; absent when it never says so. */
  signOffSecretArn: 'SIGN_OFF_SECRET_ARN',
  /** Milliseconds that it has for that. */
  signOffMs: 'SIGN_OFF_MS',
  /** What the names of our claims in tokens begin with. */
  claimNamespace: 'CLAIM_NAMESPACE',
  /** JSON of which connections bring accounts in which systems: `JitSwitches`. */
  jitSwitches: 'JIT_SWITCHES',
  /** Secret with the client that may read and change users of the tenant; absent where nobody may. */
  managementSecretArn: 'MANAGEMENT_SECRET_ARN',
  /** JSON of the roles that invitations may grant: their ids, by their names. Present where the system is the tenant. */
  auth0Roles: 'AUTH0_ROLES',
  /** JSON of `emit.attributes`, for who reads users of the tenant. */
  emittedAttributes: 'EMITTED_ATTRIBUTES',
  /** Paths in `user_metadata` that people may change themselves, with commas. */
  selfService: 'SELF_SERVICE',
  /** Names of the systems in which invitations alone make accounts, with commas. */
  byInvitation: 'BY_INVITATION',
  /** How many callers of the provisioning API may wait at once. */
  mostWaiting: 'MOST_WAITING',
  invitationTableName: 'INVITATION_TABLE_NAME',
  /** JSON of what invitations may bring, `InvitationTerms`. */
  invitationTerms: 'INVITATION_TERMS',
  /** Milliseconds that the address of an invitation is kept which nobody accepted, from its end on. */
  keepAddressMs: 'KEEP_ADDRESS_MS',
  invitationMailQueueUrl: 'INVITATION_MAIL_QUEUE_URL',
  /** JSON of what is made ahead of invitations, `PrecreationSettings`. */
  precreation: 'PRECREATION',
  /** Secret with the keys that tokens and handles of invitations are hashed with. */
  invitationSecretArn: 'INVITATION_SECRET_ARN',
  /** JSON of who mails are from: `MailSenders`. */
  invitationMail: 'INVITATION_MAIL',
  /** Address of the accept pages, with its trailing slash. */
  invitationPageUrl: 'INVITATION_PAGE_URL',
  /** Of SES: through which it tells of bounces and complaints. */
  mailConfigurationSet: 'MAIL_CONFIGURATION_SET',
  /** Application of the tenant that those pages are, and the secret with what it proves that by. */
  invitationClientId: 'INVITATION_CLIENT_ID',
  invitationClientSecretArn: 'INVITATION_CLIENT_SECRET_ARN',
  /** JSON of the applications that people land in: a `LandingApplication` by its name. */
  landingApplications: 'LANDING_APPLICATIONS',
  /** The system that gives out what an invitation grants. */
  grantingSystem: 'GRANTING_SYSTEM',
  /** JSON of the connections whose word counts that an address is verified: `TrustedConnections`. */
  trustedConnections: 'TRUSTED_CONNECTIONS',
  /** Whose tokens count, such as `login.acme.com`. */
  tokenIssuer: 'TOKEN_ISSUER',
  /** Where browsers log in, without a slash at its end. */
  loginOrigin: 'LOGIN_ORIGIN',
  /** Identifier of the provisioning API in the tenant. */
  apiAudience: 'API_AUDIENCE',
  notificationTopicArn: 'NOTIFICATION_TOPIC_ARN',
  /** Address of the status page, with its trailing slash. */
  statusPageUrl: 'STATUS_PAGE_URL',
  /** Address that the page opens its socket at. */
  statusSocketUrl: 'STATUS_SOCKET_URL',
  statusConnectionTableName: 'STATUS_CONNECTION_TABLE_NAME',
  /** Secret of the tokens that lead to the status page, and of the tickets for its socket. */
  statusSecretArn: 'STATUS_SECRET_ARN',
  /** Secret of the tokens that lead back from it. */
  returnSecretArn: 'RETURN_SECRET_ARN',
  /** Messages a second that one instance pushes to pages, at most. */
  pushesPerSecond: 'PUSHES_PER_SECOND',
} as const;
