import { isObject } from '../../template/template';
import { AwsError } from '../aws-error';

type Input = Record<string, unknown>;

const MOST_ATTRIBUTES = 10;
/** Groups, deduplication and trace headers change what becomes of a message; the emulator would drop them. */
const KNOWN = ['QueueUrl', 'Id', 'MessageBody', 'DelaySeconds', 'MessageAttributes'];

/** Refuses what SQS refuses and the emulator takes, and what the emulator would pass over in silence. */
export function checkMessages(operation: string, input: Input): void {
  if (operation === 'SendMessage') checkMessage(input);
  if (operation === 'SendMessageBatch' && Array.isArray(input.Entries)) input.Entries.forEach(checkMessage);
}

function checkMessage(message: Input): void {
  const unknown = Object.keys(message).filter((name) => message[name] !== undefined && !KNOWN.includes(name));
  if (unknown.length > 0) {
    throw new AwsError(
      'UnsupportedParameter',
      `The local run does not know ${unknown.join(', ')} of a message.`,
    );
  }
  const attributes = Object.entries(isObject(message.MessageAttributes) ? message.MessageAttributes : {});
  if (attributes.length > MOST_ATTRIBUTES) {
    const limit = `exceeds the allowed maximum [${MOST_ATTRIBUTES}]`;
    throw invalid(`Number of message attributes [${attributes.length}] ${limit}.`);
  }
  for (const [name, attribute] of attributes) checkAttribute(name, attribute);
}

function checkAttribute(name: string, attribute: unknown): void {
  const { DataType, StringValue, BinaryValue } = isObject(attribute) ? attribute : ({} as Input);
  const type = String(DataType ?? '').split('.')[0] ?? '';
  if (!['String', 'Number', 'Binary'].includes(type)) {
    throw invalid(`The type of message (user) attribute '${name}' is invalid.`);
  }
  if (type === 'Binary' ? !BinaryValue : !StringValue) {
    throw invalid(`Message (user) attribute '${name}' must contain a non-empty value of type '${DataType}'.`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
