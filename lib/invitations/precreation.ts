import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { InvitationsConfiguration } from '../configuration/invitations-schema';
import type { JitConfiguration } from '../configuration/jit-schema';
import type { SystemConfiguration } from '../configuration/system-schema';
import type { EventTopic } from '../event-topic';
import type { GeneratedSecret } from '../generated-secret';
import type { ManagementClient } from '../management-client';
import type { SigningSecrets } from '../signing-secrets';
import type { UserLinkTable } from '../user-link-table';

export interface PrecreationProps {
  readonly settings: InvitationsConfiguration;
  /** Those that have links. */
  readonly systems: Readonly<Record<string, SystemConfiguration>>;
  readonly jit: JitConfiguration;
  /** `emit.attributes`: what accounts are made of. */
  readonly attributes: readonly string[];
  readonly userLinks: UserLinkTable;
  readonly eventTopic: EventTopic;
  readonly signingSecrets: SigningSecrets;
  readonly pepper: GeneratedSecret;
  readonly management: ManagementClient;
}

/**
 * Lets `mailer`, which may change invitations, make users in Auth0 ahead of their first login, give an invitation to
 * somebody who is there already, and have accounts made.
 */
export function grantPrecreation(mailer: LambdaFunction, props: PrecreationProps): void {
  const { settings, attributes, management, userLinks, pepper, signingSecrets, eventTopic } = props;
  const { connection, trustVerifiedEmailFrom: trusted } = settings;
  const precreation = { connection, trusted, clientIds: clientIdsOf(settings), ...aheadOf(props) };
  mailer.addEnvironment(ENVIRONMENT_NAMES.precreation, JSON.stringify(precreation));
  mailer.addEnvironment(ENVIRONMENT_NAMES.emittedAttributes, JSON.stringify(attributes));
  mailer.addEnvironment(ENVIRONMENT_NAMES.eventTopicArn, eventTopic.topic.topicArn);
  management.grantUse(mailer);
  userLinks.grantShowing(mailer);
  pepper.grantReadAs(mailer, ENVIRONMENT_NAMES.pepperSecretArn);
  signingSecrets.grantSigning(mailer);
  if (mailer.role !== undefined) eventTopic.grantPublish(mailer.role);
}

const clientIdsOf = ({ applications }: InvitationsConfiguration) =>
  Object.fromEntries(Object.entries(applications).map(([name, { clientId }]) => [name, clientId]));

// An account that is made on request alone is made for nobody ahead, and what an invitation grants waits for a yes.
function aheadOf({ settings, systems, jit }: PrecreationProps) {
  if (settings.provisionOn === 'login') return {};
  const active = Object.entries(systems).filter(([, { state }]) => state === 'active');
  const ahead = active.filter(([, system]) => system.kind !== 'auth0' && system.provisionAt !== 'use');
  return { ahead: { systems: ahead.map(([name]) => name), jit } };
}
