import type { Deps } from '../../../cli/deps';
import type { Outputs } from '../../../cli/target/outputs';
import type { AuditClosing, AuditEntry } from '../../../events/audit-row';

/** The moment at which time stands still. */
export const NOW = Date.parse('2026-11-20T10:00:00.000Z');

export const STACK_ID = '2c106f5a-6988-1d7d-ad5d-6b915827b659';
export const CRM_URL = `https://sqs/0/crm-${STACK_ID}`;
export const CRM_DLQ_URL = 'https://sqs/0/crm-dlq';
export const QUARANTINE_URL = 'https://sqs/0/quarantine';
export const TOPIC_DLQ_URL = 'https://sqs/0/topic-dlq';

export function outputs(values: Record<string, string> = {}): Outputs {
  return {
    stackName: 'UserProvisioning-prod',
    values: {
      Auth0Tenant: 'acme.eu.auth0.com',
      AlarmTopicArn: 'arn:aws:sns:eu-central-1:1:alarms',
      AuditTableName: 'audit',
      SystemTableName: 'systems',
      EventApiUrl: 'https://api.example.com/v1/',
      EventApiUsagePlanId: 'plan1',
      EventTopicArn: 'arn:aws:sns:eu-central-1:1:events',
      EventTopicDeadLetterQueueUrl: TOPIC_DLQ_URL,
      ProjectionFailureQueueUrl: 'https://sqs/0/projection',
      QuarantineQueueUrl: QUARANTINE_URL,
      QueueUrlCrm: CRM_URL,
      QueueUrlHelpDesk: `https://sqs/0/help-desk-${STACK_ID}`,
      EventStreamSecretArn: 'stream-signing',
      SigningSecretArn: 'signing',
      UserLinkTableName: 'links',
      UserRefPepperArn: 'pepper',
      WorkerArnCrm: 'arn:crm',
      WorkerArnHelpDesk: 'arn:help-desk',
      ...values,
    },
  };
}

/** What every command needs, with time standing still and nobody at the keyboard. */
export function surroundings() {
  const stop = new AbortController();
  const pauses: number[] = [];
  return {
    outputs: async () => outputs(),
    now: () => NOW,
    clock: { now: () => NOW, learn: () => undefined, aheadMs: () => 0 },
    pause: async (milliseconds: number) => void pauses.push(milliseconds),
    stopping: () => stop.signal,
    typed: (command: string) => `npx punctual ${command}`,
    pauses,
    stop,
  } satisfies Partial<Deps> & { pauses: number[]; stop: AbortController };
}

/** An audit that remembers how each act ended. It refuses to close a row so many times. */
export function anAudit({ isUnavailable = false, refusals = 0 } = {}) {
  let refused = 0;
  const acts: (AuditEntry & Partial<AuditClosing>)[] = [];
  const audit = async () => ({
    begin: async (entry: AuditEntry) => {
      if (isUnavailable) throw new Error('audit-unavailable');
      const act = { ...entry };
      acts.push(act);
      return async (closing: AuditClosing) => {
        refused += 1;
        if (refused <= refusals) throw new Error('No answer to dynamodb:UpdateItem');
        Object.assign(act, closing);
      };
    },
    list: async () => [],
  });
  return { audit, acts };
}
