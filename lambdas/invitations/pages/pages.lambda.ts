import { setTimeout } from 'node:timers/promises';
import status from 'punctual:status';
import { parseKeys } from '../../../events/key-ring';
import { parseJson } from '../../../events/parse-json';
import { userRefOf } from '../../../events/user-ref';
import type { TrustedConnections } from '../../connectors/accounts/vouching';
import { createLinksOf } from '../../provisioning-api/links-of-user';
import { createDynamoDb, createSecretsManager, createSns } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createLog } from '../../runtime/logger';
import { createMetrics } from '../../runtime/metrics';
import { createOwnEvents } from '../../runtime/own-events';
import { createSecrets, fetchSecretWith } from '../../runtime/secrets';
import { writeLine } from '../../runtime/write-line';
import { createActionSignature } from '../../status/api/action-signature';
import { checkToken } from '../check-token';
import { emailRefOf } from '../email-ref';
import { createInvitationRepository } from '../invitation-repository';
import { type RedeemDeps, redeem } from '../redeem';
import { readRing } from '../token/invitation-ring';
import { createArrive } from './arrival';
import { createFlowCookies } from './flow-cookies';
import { createPagesHandler } from './handle-pages';
import type { PageSettings } from './page-settings';
import { createTenantKeys } from './tenant-keys';

const environment = createEnvironment(process.env);
const secrets = createSecrets(fetchSecretWith(createSecretsManager()), Date.now);
const textOf = async (name: Parameters<typeof environment.text>[0]) =>
  (await secrets.read(environment.text(name))).text;
const dynamoDb = createDynamoDb();
const now = Date.now;
const log = createLog(writeLine, now);
const tenant = environment.text('tenant');

const settings: PageSettings = {
  pageUrl: environment.text('invitationPageUrl'),
  issuer: `https://${environment.text('tokenIssuer')}/`,
  loginOrigin: environment.text('loginOrigin'),
  clientId: environment.text('invitationClientId'),
  audience: environment.text('apiAudience'),
  claimNamespace: environment.text('claimNamespace'),
  applications: environment.json('landingApplications') as PageSettings['applications'],
  grantingSystem: environment.text('grantingSystem'),
  deadlineMs: status.deadlineMs,
  brand: status.brand,
};
const ring = async () => readRing(await textOf('invitationSecretArn'), now());
const invitations = createInvitationRepository(dynamoDb, environment.text('invitationTableName'));
const linksOf = createLinksOf(dynamoDb, environment.text('userLinkTableName'));
const ofUser = async (userId: string) => userRefOf(await textOf('pepperSecretArn'), tenant, userId);
const clientSecret = async () => {
  const { client_secret } = parseJson(await textOf('invitationClientSecretArn')) as {
    client_secret?: string;
  };
  if (client_secret === undefined) throw new Error('The secret of the application has no client_secret.');
  return client_secret;
};

const redeeming: RedeemDeps = {
  ...{ invitations, linksOf, now, userRefOf: ofUser },
  emailRefOf: async (email) => emailRefOf(await textOf('pepperSecretArn'), email),
  trusted: environment.json('trustedConnections') as TrustedConnections,
  attributes: environment.json('emittedAttributes') as string[],
  publish: createOwnEvents({
    ...{ sns: createSns(), topicArn: environment.text('eventTopicArn'), now },
    keys: () => textOf('punctualSecretArn'),
  }),
};

export const handler = createPagesHandler({
  ...{ settings, invitations, ring, linksOf, now, log, userRefOf: ofUser },
  pause: (ms) => setTimeout(ms),
  cookies: createFlowCookies({ ring, isSecure: settings.pageUrl.startsWith('https:'), now }),
  checkToken: (token) => checkToken({ invitations, ring, now }, token),
  arrive: createArrive({
    ...{ http: callHttp, settings, clientSecret, now },
    keys: createTenantKeys({ http: callHttp, issuer: settings.issuer, now }),
  }),
  async redeem(redemption) {
    const redeemed = await redeem(redeeming, redemption);
    const { id, requestId } = redemption;
    log('info', 'redemption', { outcome: redeemed.outcome, eventId: `invitation-${id}`, requestId });
    return redeemed;
  },
  isSignedByAction: createActionSignature({
    keyRing: async ({ fresh }) => {
      const read = fresh ? secrets.reread : secrets.read;
      return { actions: parseKeys((await read(environment.text('signingSecretArn'))).text) };
    },
    now,
  }),
  metrics: createMetrics(writeLine, now, environment.text('environment')),
});
