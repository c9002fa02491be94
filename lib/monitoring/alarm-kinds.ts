/** The words of the sentence, in its order. */
export const STAGES = ['emit', 'accept', 'fan out', 'queue', 'provision', 'link', 'project', 'show'] as const;

export type Stage = (typeof STAGES)[number];

/**
 * `critical`: people who sign up now do not get their accounts, or may not. Somebody gets up.
 * `warning`: waiting for the next working day makes nothing worse.
 */
export type Severity = 'critical' | 'warning';

export interface AlarmKind {
  /** The stage that the alarm speaks of. */
  readonly stage: Stage;
  readonly severity: Severity;
  /** The heading of docs/runbook.md. Kinds share one where what to do is the same. */
  readonly heading: string;
}

const ALL_THROTTLED = 'Functions: AWS does not let one run';
const ALL_SLOW = 'Functions: one comes close to its time-out';

/**
 * Every alarm there is. A test keeps this table, the alarms of the template and the headings of docs/runbook.md
 * equal. Keys and headings carry the stem of the stage's construct; keys are part of the alarms' names.
 */
export const ALARM_KINDS = {
  eventApiSilence: { stage: 'emit', severity: 'critical', heading: 'Event API: no event for hours' },
  eventApiErrors: { stage: 'accept', severity: 'critical', heading: 'Event API: calls fail' },
  eventApiThrottling: { stage: 'accept', severity: 'critical', heading: 'Event API: too many calls' },
  eventApiLatency: { stage: 'accept', severity: 'warning', heading: 'Event API: answers are slow' },
  eventTopicFailures: { stage: 'fan out', severity: 'critical', heading: 'Event topic: deliveries fail' },
  eventTopicLosses: { stage: 'fan out', severity: 'critical', heading: 'Event topic: events were lost' },
  eventTopicDeadLetters: {
    stage: 'fan out',
    severity: 'critical',
    heading: 'Event topic: events were not delivered',
  },
  // A stray is nobody's account that is missing now. Senders who are refused again and again wake somebody below.
  quarantineMessages: {
    stage: 'fan out',
    severity: 'warning',
    heading: 'Quarantine: strays have arrived',
  },
  systemQueueBehind: {
    stage: 'queue',
    severity: 'critical',
    heading: 'System queue: messages wait too long',
  },
  systemQueueDeadLetters: {
    stage: 'queue',
    severity: 'critical',
    heading: 'System queue: messages are parked',
  },
  connectorRetries: {
    stage: 'provision',
    severity: 'critical',
    heading: 'Connector: a system keeps failing',
  },
  // It says early what is wrong; when it goes on for long, the one above gets somebody up.
  breakerOpen: { stage: 'provision', severity: 'warning', heading: 'Connector: a breaker is open' },
  // Whoever holds the API key can set it off. From here a forger looks like a secret that was changed on one side, with
  // which every sign-up is lost; and a key in the wrong hands can use up the calls of real people, so it cannot wait.
  signatureRejections: {
    stage: 'provision',
    severity: 'critical',
    heading: 'Connector: signatures are refused',
  },
  // Nothing else may say so: a function that dies or may not run reports no age of what it sends back, and SQS takes
  // messages that were received three times out of the age of the queue.
  connectorErrors: { stage: 'provision', severity: 'critical', heading: 'Connector: its function fails' },
  connectorThrottles: { stage: 'provision', severity: 'critical', heading: ALL_THROTTLED },
  connectorDuration: { stage: 'provision', severity: 'warning', heading: ALL_SLOW },
  provisioningApiErrors: {
    stage: 'provision',
    severity: 'critical',
    heading: 'Provisioning API: its function fails',
  },
  // Whoever calls waits for an account, and often shows a person that they do.
  provisioningApiFailures: {
    stage: 'provision',
    severity: 'critical',
    heading: 'Provisioning API: calls fail',
  },
  provisioningApiThrottles: { stage: 'provision', severity: 'warning', heading: ALL_THROTTLED },
  provisioningApiDuration: { stage: 'provision', severity: 'warning', heading: ALL_SLOW },
  linksHeld: { stage: 'link', severity: 'warning', heading: 'Link: accounts are held' },
  linkCensusErrors: { stage: 'link', severity: 'warning', heading: 'Link census: its function fails' },
  linkCensusSilence: { stage: 'link', severity: 'warning', heading: 'Link census: it is not taken' },
  linkCensusThrottles: { stage: 'link', severity: 'warning', heading: ALL_THROTTLED },
  linkCensusDuration: { stage: 'link', severity: 'warning', heading: ALL_SLOW },
  linkSweeperErrors: { stage: 'link', severity: 'warning', heading: 'Link sweeper: its function fails' },
  linkSweeperThrottles: { stage: 'link', severity: 'warning', heading: ALL_THROTTLED },
  linkSweeperDuration: { stage: 'link', severity: 'warning', heading: ALL_SLOW },
  statusProjectionErrors: {
    stage: 'project',
    severity: 'warning',
    heading: 'Status projection: its function fails',
  },
  statusProjectionThrottles: { stage: 'project', severity: 'warning', heading: ALL_THROTTLED },
  statusProjectionDuration: { stage: 'project', severity: 'warning', heading: ALL_SLOW },
  statusProjectionBehind: {
    stage: 'project',
    severity: 'warning',
    heading: 'Status projection: it lags behind',
  },
  statusProjectionFailures: {
    stage: 'project',
    severity: 'warning',
    heading: 'Status projection: changes were not projected',
  },
  // The Action sends nobody to a page whose API does not answer, so that logins go on.
  statusApiErrors: { stage: 'show', severity: 'warning', heading: 'Status API: calls fail' },
  statusApiFailures: { stage: 'show', severity: 'warning', heading: 'Status API: calls fail' },
  statusApiRefusals: { stage: 'show', severity: 'warning', heading: 'Status API: too many calls' },
  statusApiThrottles: { stage: 'show', severity: 'warning', heading: ALL_THROTTLED },
  statusApiDuration: { stage: 'show', severity: 'warning', heading: ALL_SLOW },
  // Nothing is lost: whoever cannot accept is told to try again, and the link stays good.
  invitationPagesErrors: { stage: 'show', severity: 'warning', heading: 'Invitation pages: calls fail' },
  invitationPagesFailures: { stage: 'show', severity: 'warning', heading: 'Invitation pages: calls fail' },
  invitationPagesRefusals: {
    stage: 'show',
    severity: 'warning',
    heading: 'Invitation pages: too many calls',
  },
  invitationPagesThrottles: { stage: 'show', severity: 'warning', heading: ALL_THROTTLED },
  invitationPagesDuration: { stage: 'show', severity: 'warning', heading: ALL_SLOW },
  // Whoever is invited hears of it later; their link is good for days.
  invitationMailBehind: { stage: 'show', severity: 'warning', heading: 'Invitation mail: mails are late' },
  invitationMailRetries: { stage: 'show', severity: 'warning', heading: 'Invitation mail: mails are late' },
  invitationMailDeadLetters: {
    stage: 'show',
    severity: 'warning',
    heading: 'Invitation mail: mails are parked',
  },
  invitationMailErrors: {
    stage: 'show',
    severity: 'warning',
    heading: 'Invitation mail: its function fails',
  },
  invitationMailThrottles: { stage: 'show', severity: 'warning', heading: ALL_THROTTLED },
  invitationMailDuration: { stage: 'show', severity: 'warning', heading: ALL_SLOW },
} as const satisfies Readonly<Record<string, AlarmKind>>;

export type AlarmKindName = keyof typeof ALARM_KINDS;
