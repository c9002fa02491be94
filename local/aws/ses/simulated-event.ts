/** What becomes of a mail that SES took, beside its delivery. */
export interface SimulatedEvent {
  /** Spelled as CloudFormation does in an event destination. */
  readonly type: 'bounce' | 'complaint';
  /** What the event holds of it, for one recipient at a moment. */
  readonly details: (emailAddress: string, timestamp: string) => Record<string, unknown>;
}

const bounce = (bounceSubType: string, diagnosticCode: string): SimulatedEvent => ({
  type: 'bounce',
  details: (emailAddress, timestamp) => ({
    eventType: 'Bounce',
    bounce: {
      ...{ bounceType: 'Permanent', bounceSubType, timestamp, feedbackId: 'local' },
      bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1', diagnosticCode }],
    },
  }),
});

const complaint: SimulatedEvent = {
  type: 'complaint',
  details: (emailAddress, timestamp) => ({
    eventType: 'Complaint',
    complaint: {
      complainedRecipients: [{ emailAddress }],
      ...{ timestamp, feedbackId: 'local', complaintFeedbackType: 'abuse', complaintSubType: null },
    },
  }),
};

/**
 * By the local part of an address of the mailbox simulator, of which there are more with `+label`.
 * Source: "Using the mailbox simulator manually" in the developer guide of SES.
 */
const SIMULATED: Readonly<Record<string, SimulatedEvent>> = {
  bounce: bounce('General', 'smtp; 550 5.1.1 user unknown'),
  suppressionlist: bounce('Suppressed', 'Amazon SES has suppressed sending to this address'),
  complaint,
};

/** Every other address is delivered to. */
export function simulatedEvent(address: string): SimulatedEvent | undefined {
  const [, name = ''] = /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  return Object.hasOwn(SIMULATED, name.toLowerCase()) ? SIMULATED[name.toLowerCase()] : undefined;
}
