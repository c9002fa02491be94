import { AwsError } from '../aws-error';
import type { MessageAttribute, MessageAttributes } from './message-attributes';

/** A Publish that SNS would take. */
export interface Publication {
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string;
  readonly attributes: MessageAttributes;
}

const LARGEST_MESSAGE = 262_144;
const KNOWN = ['Action', 'Version', 'TopicArn', 'TargetArn', 'Message', 'Subject'];

/** Checks the parameters as SNS does. What would change the meaning and is not known is refused by name. */
export function readPublication(parameters: Record<string, unknown>): Publication {
  const unknown = Object.keys(parameters).filter(
    (name) => !KNOWN.includes(name) && !name.startsWith('MessageAttributes.'),
  );
  if (unknown.length > 0)
    throw new AwsError(
      'UnsupportedParameter',
      `The local run does not know ${unknown.join(', ')} of Publish.`,
    );
  const topicArn = parameters.TopicArn ?? parameters.TargetArn;
  if (typeof topicArn !== 'string' || topicArn === '') {
    throw invalid('TopicArn or TargetArn Reason: no value for required parameter');
  }
  const message = parameters.Message;
  if (typeof message !== 'string' || message === '') throw invalid('Empty message');
  const attributes = readMessageAttributes(parameters);
  if (sizeOf(message, attributes) > LARGEST_MESSAGE) throw invalid('Message too long');
  const subject = readSubject(parameters.Subject);
  return subject === undefined
    ? { topicArn, message, attributes }
    : { topicArn, message, attributes, subject };
}

/** `MessageAttributes.entry.1.Name`, `.Value.DataType`, `.Value.StringValue`, numbered from 1 without a gap. */
export function readMessageAttributes(parameters: Record<string, unknown>): MessageAttributes {
  const numbers = new Set<number>();
  for (const name of Object.keys(parameters)) {
    const match = /^MessageAttributes\.entry\.(\d+)\.(Name|Value\.(DataType|StringValue|BinaryValue))$/.exec(
      name,
    );
    if (match) numbers.add(Number(match[1]));
    else if (name.startsWith('MessageAttributes.')) throw malformed(`${name} is not a message attribute`);
  }
  const attributes: Record<string, MessageAttribute> = {};
  for (let number = 1; number <= numbers.size; number += 1) {
    if (!numbers.has(number)) throw malformed(`Message attribute ${number} is missing`);
    const [name, attribute] = readAttribute(parameters, `MessageAttributes.entry.${number}`);
    if (name in attributes) throw malformed(`Message attribute ${name} is given twice`);
    attributes[name] = attribute;
  }
  return attributes;
}

function readAttribute(parameters: Record<string, unknown>, prefix: string): [string, MessageAttribute] {
  const [name, DataType, StringValue, BinaryValue] = [
    'Name',
    'Value.DataType',
    'Value.StringValue',
    'Value.BinaryValue',
  ].map((suffix) => parameters[`${prefix}.${suffix}`] as string | undefined);
  if (!name || !/^[A-Za-z0-9_.-]{1,256}$/.test(name))
    throw malformed(`Invalid message attribute name: ${name ?? ''}`);
  const type = DataType?.split('.')[0] ?? '';
  if (!DataType || !['String', 'Number', 'Binary'].includes(type)) {
    throw malformed(`The message attribute '${name}' has an invalid message attribute type.`);
  }
  const value = type === 'Binary' ? BinaryValue : StringValue;
  if (!value) {
    const what = `must contain non-empty message attribute value for message attribute type '${DataType}'.`;
    throw malformed(`The message attribute '${name}' ${what}`);
  }
  if (type === 'Number' && !Number.isFinite(Number(value))) {
    throw malformed(`Could not cast message attribute '${name}' value to number.`);
  }
  return [name, type === 'Binary' ? { DataType, BinaryValue: value } : { DataType, StringValue: value }];
}

function readSubject(subject: unknown): string | undefined {
  if (subject === undefined) return undefined;
  const fits =
    typeof subject === 'string' && /^[\x20-\x7e]{1,100}$/.test(subject) && !subject.startsWith(' ');
  if (!fits) throw invalid('Subject');
  return subject;
}

function sizeOf(message: string, attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum + Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, 'base64'),
    Buffer.byteLength(message),
  );
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${reason}`);
}

function malformed(reason: string): AwsError {
  return new AwsError('ParameterValueInvalid', reason);
}
