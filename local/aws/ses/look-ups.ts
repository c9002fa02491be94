import { AwsError, unsupportedOperation } from '../aws-error';
import type { ServiceOutput } from '../service';
import type { ConfigurationSets } from './configuration-sets';

/** The quota of an account that was just let out of the sandbox. */
const QUOTA = { Max24HourSend: 50_000, MaxSendRate: 14 };

export interface Sent {
  readonly sets: Pick<ConfigurationSets, 'has' | 'settingsOf'>;
  /** Mails that were sent so far. */
  readonly count: () => number;
}

/** What SES says of itself: every identity is verified, and the account is in no sandbox. */
export function lookUp(
  { sets, count }: Sent,
  operation: string,
  input: Record<string, unknown>,
): ServiceOutput {
  if (operation === 'GetAccount') return { json: accountOf(count()) };
  if (operation === 'GetEmailIdentity') return { json: identityOf(String(input.EmailIdentity)) };
  if (operation !== 'GetConfigurationSet') throw unsupportedOperation('ses', operation);
  const name = String(input.ConfigurationSetName);
  if (!sets.has(name)) throw noSet(name);
  return { json: { ConfigurationSetName: name, ...sets.settingsOf(name) } };
}

export const noSet = (name: string): AwsError =>
  new AwsError('NotFoundException', `Configuration set <${name}> does not exist.`, 404);

const accountOf = (sent: number) => ({
  ...{ SendingEnabled: true, ProductionAccessEnabled: true, EnforcementStatus: 'HEALTHY' },
  ...{ DedicatedIpAutoWarmupEnabled: false, SendQuota: { ...QUOTA, SentLast24Hours: sent } },
  SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
});

const identityOf = (name: string) => ({
  ...{ IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN', FeedbackForwardingStatus: true },
  ...{ VerifiedForSendingStatus: true, VerificationStatus: 'SUCCESS' },
  DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS', Tokens: [] },
});
