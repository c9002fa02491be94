import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { type AwsContext, withClock } from './client';
import { asking } from './explain-aws-error';
import type { MailAccount } from './mail-account';

export function createSesMailAccount({ config, clock }: AwsContext): MailAccount {
  const client = withClock(new SESv2Client(config), clock);
  return {
    async sending() {
      const said = await asking('ses:GetAccount', client.send(new GetAccountCommand({})));
      const { Max24HourSend: quota = 0, SentLast24Hours: sent = 0 } = said.SendQuota ?? {};
      return {
        isOn: said.SendingEnabled === true,
        isInSandbox: said.ProductionAccessEnabled !== true,
        standing: said.EnforcementStatus ?? 'HEALTHY',
        ...{ quota, sent },
      };
    },
    async identity(EmailIdentity) {
      const call = client.send(new GetEmailIdentityCommand({ EmailIdentity }));
      const said = await asking('ses:GetEmailIdentity', orNone(call));
      if (said === undefined) return undefined;
      const { SigningEnabled, Status } = said.DkimAttributes ?? {};
      return {
        isVerified: said.VerifiedForSendingStatus === true,
        verification: said.VerificationStatus ?? 'NOT_STARTED',
        isSigned: SigningEnabled === true && Status === 'SUCCESS',
      };
    },
    async set(ConfigurationSetName) {
      const call = client.send(new GetConfigurationSetCommand({ ConfigurationSetName }));
      const said = await asking('ses:GetConfigurationSet', orNone(call));
      return (
        said && {
          isOn: said.SendingOptions?.SendingEnabled !== false,
          requiresTls: said.DeliveryOptions?.TlsPolicy === 'REQUIRE',
          suppresses: said.SuppressionOptions?.SuppressedReasons ?? [],
        }
      );
    },
  };
}

const orNone = <T>(call: Promise<T>): Promise<T | undefined> =>
  call.catch((error) => {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  });
