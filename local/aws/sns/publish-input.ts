import { isObject } from '../../template/template';
import { AwsError } from '../aws-error';
import type { MessageAttribute, MessageAttributes } from './message-attributes';

/** A Publish that SNS would take. */
export interface Publication {
  readonly topicArn: string;
  readonly message: string;
  /** What e-mail subscriptions get: the message too, unless there is one for them. */
  readonly mail: string;
  readonly subject?: string;
  readonly attributes: MessageAttributes;
}

const LARGEST_MESSAGE = 262_144;
const KNOWN = ['Action', 'Version', 'TopicArn', 'TargetArn', 'Message', 'Subject', 'MessageStructure'];

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
  const whole = parameters.Message;
  if (typeof whole !== 'string' || whole === '') throw invalid('Empty message');
  const attributes = readMessageAttributes(parameters);
  if (sizeOf(whole, attributes) > LARGEST_MESSAGE) throw invalid('Message too long');
  const subject = readSubject(parameters.Subject);
  const messages = readMessages(whole, parameters.MessageStructure);
  return { topicArn, ...messages, attributes, ...(subject === undefined ? {} : { subject }) };
}

/** With the structure `json` the message is an object of messages by protocol, and `default` for all others. */
function readMessages(whole: string, structure: unknown): Pick<Publication, 'message' | 'mail'> {
  if (structure === undefined) return { message: whole, mail: whole };
  if (structure !== 'json') throw invalid('MessageStructure');
  const byProtocol = parseObject(whole);
  const textOf = (protocol: string) => {
    const text = byProtocol && Object.hasOwn(byProtocol, protocol) ? byProtocol[protocol] : undefined;
    return typeof text === 'string' ? text : undefined;
  };
  const message = textOf('sqs') ?? textOf('default');
  if (message === undefined || textOf('default') === undefined)
    throw invalid('Message Structure - No default entry in JSON message body');
  return { message, mail: textOf('email') ?? textOf('default') ?? message };
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
}

/** `MessageAttributes.entry.1.Name`, `.Value.DataType`, `.Value.StringValue`, numbered from 1 without a gap. */
function readMessageAttributes(parameters: Record<string, unknown>): MessageAttributes {
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
