import type { Clock } from '../../clock';
import { AwsError } from '../aws-error';
import type { QueueSettings } from './queue-settings';

type Input = Record<string, unknown>;

const LONGEST_VISIBILITY = 43_200;

/**
 * Turns virtual seconds of a call into real ones. The emulator takes fractions, so nothing is rounded:
 * a fast run keeps the proportions of its delays.
 */
export function scaleDelays(operation: string, input: Input, settings: QueueSettings, clock: Clock): Input {
  if (clock.scale === 1) return input;
  const visibility = (value: unknown) => clock.realDelayMs(checked(value) * 1000) / 1000;
  const delay = (value: unknown) => clock.realDelayMs(Number(value ?? settings.delay) * 1000) / 1000;
  switch (operation) {
    case 'ReceiveMessage':
      return {
        ...input,
        VisibilityTimeout: visibility(input.VisibilityTimeout ?? settings.visibilityTimeout),
      };
    case 'ChangeMessageVisibility':
      return { ...input, VisibilityTimeout: visibility(input.VisibilityTimeout) };
    case 'ChangeMessageVisibilityBatch':
      return {
        ...input,
        Entries: each(input, (entry) => ({
          ...entry,
          VisibilityTimeout: visibility(entry.VisibilityTimeout),
        })),
      };
    case 'SendMessage':
      return { ...input, DelaySeconds: delay(input.DelaySeconds) };
    case 'SendMessageBatch':
      return {
        ...input,
        Entries: each(input, (entry) => ({ ...entry, DelaySeconds: delay(entry.DelaySeconds) })),
      };
    default:
      return input;
  }
}

/** Times in what was received are the emulator's; readers live in virtual time. */
export function toVirtualTimes(messages: unknown, clock: Clock): void {
  if (clock.scale === 1 || !Array.isArray(messages)) return;
  for (const { Attributes: attributes } of messages as { Attributes?: Record<string, string> }[]) {
    for (const name of ['SentTimestamp', 'ApproximateFirstReceiveTimestamp']) {
      const real = attributes?.[name];
      if (attributes && real)
        attributes[name] = String(
          Math.round(clock.startedAt + (Number(real) - clock.startedAt) * clock.scale),
        );
    }
  }
}

function each(input: Input, change: (entry: Input) => Input): Input[] {
  return Array.isArray(input.Entries) ? input.Entries.map(change) : [];
}

/** The emulator checks the range too, but only after scaling. */
function checked(value: unknown): number {
  const seconds = Number(value);
  if (seconds >= 0 && seconds <= LONGEST_VISIBILITY) return seconds;
  const reason = `Reason: Must be between 0 and ${LONGEST_VISIBILITY}.`;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${value} for parameter VisibilityTimeout is invalid. ${reason}`,
  );
}
