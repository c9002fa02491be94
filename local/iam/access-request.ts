import { ACCOUNT, REGION } from '../template/pseudo-parameters';

/** Who asks: a role that somebody has taken on, or a service on its own account. */
export type Principal =
  | {
      readonly kind: 'role';
      readonly arn: string;
      /** Of the session, such as the function's name. */
      readonly session: string;
    }
  | { readonly kind: 'service'; readonly name: string };

/** Values of condition keys; a key that the request does not carry is absent. */
export type RequestContext = Readonly<Record<string, string>>;

/** One question to IAM. */
export interface AccessRequest {
  readonly principal: Principal;
  /** Such as `sqs:SendMessage`. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** What is said of a request besides who, what and on what. */
export interface Circumstances {
  /** For which resource a service calls. */
  readonly sourceArn?: string | undefined;
  /** Which service hands the call on, such as `sns` when it asks KMS for its caller. */
  readonly via?: string | undefined;
  /** @default true: loopback stands in for TLS */
  readonly secure?: boolean | undefined;
  /** Address that a mail is to come from. */
  readonly fromAddress?: string | undefined;
  /** What KMS is told of the data. */
  readonly encryptionContext?: Readonly<Record<string, string>> | undefined;
}

export function accessRequest(
  principal: Principal,
  action: string,
  resource: string,
  circumstances: Circumstances = {},
): AccessRequest {
  return { principal, action, resource, context: contextOf(principal, circumstances) };
}

function contextOf(principal: Principal, circumstances: Circumstances): RequestContext {
  const { sourceArn, via, secure = true, encryptionContext = {} } = circumstances;
  const pairs = Object.entries(encryptionContext).map(([key, value]) => [
    `kms:encryptioncontext:${key.toLowerCase()}`,
    value,
  ]);
  return {
    'aws:securetransport': String(secure),
    'aws:principalisawsservice': String(principal.kind === 'service'),
    ...(principal.kind === 'role' && { 'aws:principalarn': principal.arn, 'aws:principalaccount': ACCOUNT }),
    ...(sourceArn !== undefined && { 'aws:sourcearn': sourceArn, 'aws:sourceaccount': ACCOUNT }),
    ...(via !== undefined && {
      'kms:viaservice': `${via}.${REGION}.amazonaws.com`,
      'kms:calleraccount': ACCOUNT,
    }),
    ...(circumstances.fromAddress !== undefined && { 'ses:fromaddress': circumstances.fromAddress }),
    ...Object.fromEntries(pairs),
  };
}

/** Condition keys that the local run can answer; names of keys ignore case. */
export function isKnownKey(key: string): boolean {
  const name = key.toLowerCase();
  return KNOWN_KEYS.includes(name) || name.startsWith('kms:encryptioncontext:');
}

const KNOWN_KEYS = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'kms:calleraccount',
  'kms:viaservice',
  'ses:fromaddress',
];
