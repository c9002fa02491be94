import { Duration, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { InvitationsConfiguration } from '../configuration/invitations-schema';
import type { ProvisioningApiConfiguration } from '../configuration/provisioning-api-schema';
import type { EventTopic } from '../event-topic';
import { GeneratedSecret } from '../generated-secret';
import { addCallAlarms, type CallAlarmsProps } from '../monitoring/call-alarms';
import { type FunctionEnvironment, NodeFunction } from '../node-function';
import type { SigningSecrets } from '../signing-secrets';
import type { StageProps } from '../stage-props';
import { statusStage } from '../status-api/status-stages';
import type { UserLinkTable } from '../user-link-table';
import type { Invitations } from './invitations';
import { landingsOf } from './landings-of';

export interface InvitationPagesProps extends StageProps {
  readonly settings: InvitationsConfiguration;
  /** Its tokens say who somebody is. */
  readonly api: Pick<ProvisioningApiConfiguration, 'audience' | 'issuer'>;
  readonly environment: FunctionEnvironment;
  /** What the names of our claims in tokens begin with. */
  readonly claimNamespace: string;
  /** `emit.attributes`. */
  readonly attributes: readonly string[];
  /** The system that gives out what an invitation grants. */
  readonly grantingSystem: string;
  readonly invited: Pick<Invitations, 'invitations' | 'secret'>;
  readonly userLinks: UserLinkTable;
  readonly eventTopic: EventTopic;
  readonly signingSecrets: SigningSecrets;
  readonly pepper: GeneratedSecret;
  /** Stands for `punctual:status` in what is bundled. */
  readonly modules: Readonly<Record<string, string>>;
}

const ROUTES = [
  ['/', HttpMethod.GET],
  ['/accept', HttpMethod.GET],
  ['/confirm', HttpMethod.POST],
  ['/callback', HttpMethod.GET],
  ['/progress', HttpMethod.GET],
  ['/redemption', HttpMethod.POST],
] as const;

const ALARMS: Pick<CallAlarmsProps, 'failures' | 'refusals'> = {
  failures: {
    kind: 'invitationPagesFailures',
    metricName: 'InvitationCallsFailed',
    words: 'The pages of invitations failed two calls or more within 5 minutes: people cannot accept.',
  },
  refusals: {
    kind: 'invitationPagesRefusals',
    metricName: 'InvitationPagesThrottled',
    words: 'The pages of invitations refused calls as too many (429): people may have seen an error.',
  },
};

/** Where the links of invitations lead: an application of the tenant of its own, and what the Action redeems with. */
export class InvitationPages extends Construct {
  /** With its trailing slash; what comes after it is a path or a token. */
  readonly url: string;
  /** Of the client secret that an operator puts there. */
  readonly client: GeneratedSecret;

  constructor(scope: Construct, id: string, props: InvitationPagesProps) {
    super(scope, id);
    const api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName}-InvitationPages`,
      createDefaultStage: false,
    });
    this.url = `${api.apiEndpoint}/`;
    this.client = new GeneratedSecret(this, 'Client', {
      ...props,
      description:
        'Application of the pages of invitations: replace client_secret by that of invitations.client',
      within: { json: {}, key: 'client_secret' },
    });
    const { throttle } = props.settings;
    const { accessLog, ...options } = statusStage(this, 'http', { ...props, throttle });
    new HttpStage(this, 'Stage', { httpApi: api, ...options });
    const handler = this.createFunction(props);
    // One permission for all routes: each of them leads to the one function anyway.
    const integration = new HttpLambdaIntegration('Handler', handler, { scopePermissionToRoute: false });
    for (const [path, method] of ROUTES) api.addRoutes({ path, methods: [method], integration });
    addCallAlarms(this, { ...props, ...ALARMS, function: handler, accessLog });
  }

  private createFunction(props: InvitationPagesProps): LambdaFunction {
    const { function: handler } = new NodeFunction(this, 'Handler', {
      ...props,
      stem: 'invitationPages',
      entry: 'invitations/pages/pages',
      description: 'Shows who was invited what they can accept, and redeems it for them',
      // The tenant is asked twice at most, for 5 and 3 seconds, before a person hears that it did not work.
      timeout: Duration.seconds(15),
      environment: { ...props.environment, ...this.variablesOf(props) },
    });
    props.invited.invitations.grantChanging(handler);
    props.invited.invitations.grantCounting(handler);
    props.userLinks.grantShowing(handler);
    props.pepper.grantReadAs(handler, ENVIRONMENT_NAMES.pepperSecretArn);
    props.signingSecrets.of.actions.grantReadAs(handler, ENVIRONMENT_NAMES.signingSecretArn);
    props.signingSecrets.grantSigning(handler);
    props.invited.secret.grantReadAs(handler, ENVIRONMENT_NAMES.invitationSecretArn);
    this.client.grantReadAs(handler, ENVIRONMENT_NAMES.invitationClientSecretArn);
    if (handler.role !== undefined) props.eventTopic.grantPublish(handler.role);
    handler.addEnvironment(ENVIRONMENT_NAMES.eventTopicArn, props.eventTopic.topic.topicArn);
    return handler;
  }

  private variablesOf({ settings, api, ...props }: InvitationPagesProps): FunctionEnvironment {
    return {
      [ENVIRONMENT_NAMES.invitationPageUrl]: this.url,
      [ENVIRONMENT_NAMES.invitationClientId]: settings.client,
      [ENVIRONMENT_NAMES.landingApplications]: JSON.stringify(landingsOf(settings)),
      [ENVIRONMENT_NAMES.grantingSystem]: props.grantingSystem,
      [ENVIRONMENT_NAMES.trustedConnections]: JSON.stringify(settings.trustVerifiedEmailFrom),
      [ENVIRONMENT_NAMES.tokenIssuer]: new URL(api.issuer).host,
      [ENVIRONMENT_NAMES.loginOrigin]: new URL(api.issuer).origin,
      [ENVIRONMENT_NAMES.apiAudience]: api.audience,
      [ENVIRONMENT_NAMES.claimNamespace]: props.claimNamespace,
      [ENVIRONMENT_NAMES.emittedAttributes]: JSON.stringify(props.attributes),
    };
  }
}
