/** The longest that an account and region make of a pseudo parameter. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-2',
  'AWS::StackName': 'UserProvisioning-prod',
  'AWS::URLSuffix': 'amazonaws.com.cn',
};
/** ARNs with generated names are about this long, and names shorter. */
const REFERENCE_LENGTH = 120;
/** The end of a secret's ARN: its logical id with the 20 characters that CloudFormation and Secrets Manager add. */
const SECRET_NAME_LENGTH = 70;

/** What is taken of the stack's id. */
const UNIQUE_PART = '00000000-0000-0000-0000-000000000000';

/**
 * The text that CloudFormation makes of a value, at its longest: what only a deployment knows is stood in for by a
 * text of the length of an ARN.
 */
export function resolvedText(value: unknown): string {
  const resolved = resolve(value);
  return typeof resolved === 'string' ? resolved : JSON.stringify(resolved ?? '');
}

function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && isFunction(name)) return apply(name, argument);
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolve(inner)]));
}

const isFunction = (name: string) => name === 'Ref' || name.startsWith('Fn::');

function apply(name: string, argument: unknown): string {
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(resolvedText).join(separator);
  }
  if (name === 'Fn::Select') return isOfStackId(argument) ? UNIQUE_PART : 'x'.repeat(SECRET_NAME_LENGTH);
  return PSEUDO[String(argument)] ?? 'x'.repeat(REFERENCE_LENGTH);
}

// Whatever else a part is taken of is a secret's ARN.
const isOfStackId = (argument: unknown) => JSON.stringify(argument).includes('"AWS::StackId"');
