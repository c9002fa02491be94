import { isObject } from '../../template/template';
import { AwsError } from '../aws-error';
import { PatternError } from '../pattern/pattern-error';
import { compileFilterPolicy, type FilterPolicy, type FilterPolicyScope } from './filter-policy';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly raw: boolean;
  readonly accepts: FilterPolicy;
  /** ARN of the queue that gets what could not be delivered. */
  readonly deadLetterArn?: string;
}

const KNOWN = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];
const SCOPES = ['MessageAttributes', 'MessageBody'];

/** Reads the attributes; an invalid one is refused when it is set, as on AWS, and not met by every message later. */
export function readSubscription(
  base: Pick<Subscription, 'arn' | 'topicArn' | 'protocol' | 'endpoint'>,
  attributes: Record<string, string>,
): Subscription {
  const unknown = Object.keys(attributes).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw invalid(`the local run does not know ${unknown.join(', ')}`);
  const deadLetterArn = readRedrivePolicy(attributes.RedrivePolicy);
  return {
    ...base,
    attributes,
    raw: readFlag(attributes.RawMessageDelivery),
    accepts: readFilter(attributes.FilterPolicy, attributes.FilterPolicyScope ?? 'MessageAttributes'),
    ...(deadLetterArn === undefined ? {} : { deadLetterArn }),
  };
}

function readFilter(policy: string | undefined, scope: string): FilterPolicy {
  if (!SCOPES.includes(scope)) throw invalid(`FilterPolicyScope: Invalid value ${scope}`);
  if (policy === undefined) return () => true;
  try {
    return compileFilterPolicy(policy, scope as FilterPolicyScope);
  } catch (error) {
    if (error instanceof PatternError) throw invalid(`FilterPolicy: ${error.message}`);
    throw error;
  }
}

function readRedrivePolicy(json: string | undefined): string | undefined {
  if (json === undefined) return undefined;
  try {
    const policy: unknown = JSON.parse(json);
    if (isObject(policy) && typeof policy.deadLetterTargetArn === 'string') return policy.deadLetterTargetArn;
  } catch {
    // Falls through to the same refusal as JSON without a target.
  }
  throw invalid('RedrivePolicy: must be a JSON object with deadLetterTargetArn');
}

function readFlag(value: string | undefined): boolean {
  if (value !== undefined && !['true', 'false'].includes(value.toLowerCase()))
    throw invalid('RawMessageDelivery');
  return value?.toLowerCase() === 'true';
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: Attributes Reason: ${reason}`);
}
