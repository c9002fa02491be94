import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { AuditTable } from './audit-table';
import { CertificateKey } from './certificate-key';
import type { Configuration, EnvironmentConfiguration } from './configuration';
import { withWorker } from './configuration/has-worker';
import type { InvitationsConfiguration } from './configuration/invitations-schema';
import { provisioningApiOf } from './configuration/provisioning-api-schema';
import { EncryptionKeys } from './encryption-keys';
import { EventApi } from './event-api/event-api';
import { EventTopic } from './event-topic';
import { GeneratedSecret } from './generated-secret';
import { InvitationMail } from './invitations/invitation-mail';
import { InvitationPages, type InvitationPagesProps } from './invitations/invitation-pages';
import { Invitations } from './invitations/invitations';
import type { PrecreationProps } from './invitations/precreation';
import { LinkCensus } from './link-census';
import { LinkSweeper } from './link-sweeper';
import { ManagementClient } from './management-client';
import { AlarmTopic } from './monitoring/alarm-topic';
import { PipelineDashboard } from './monitoring/dashboard/pipeline-dashboard';
import type { FunctionEnvironment } from './node-function';
import { pascalCase } from './pascal-case';
import { ProvisioningApi } from './provisioning-api/provisioning-api';
import { Quarantine } from './quarantine';
import { SigningSecrets } from './signing-secrets';
import type { StageProps } from './stage-props';
import { StatusApi } from './status-api/status-api';
import { statusSettingsModule } from './status-api/status-settings-module';
import { StatusProjection } from './status-projection';
import { SystemStack } from './system-stack';
import { SystemTable } from './system-table';
import { UserLinkTable } from './user-link-table';
import { acceptFindings } from './validation/accept-findings';
import { refuseTooLarge } from './validation/refuse-too-large';

export interface UserProvisioningStackProps extends StackProps {
  /** Name of the environment, such as `dev`. */
  readonly environmentName: string;
  readonly configuration: EnvironmentConfiguration;
  readonly systems: Configuration['systems'];
  readonly jit: Configuration['jit'];
  readonly login: Configuration['login'];
  readonly emit: Configuration['emit'];
}

/** emit -> accept -> fan out -> queue -> provision -> link -> project: one `new` per stage. */
export class UserProvisioningStack extends Stack {
  constructor(scope: Construct, id: string, props: UserProvisioningStackProps) {
    super(scope, id, { ...props, terminationProtection: !props.configuration.ephemeral });
    const { configuration, systems, jit } = props;
    const removalPolicy = configuration.ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    const environment = variablesOf(props);

    const keys = new EncryptionKeys(this, 'Keys', { removalPolicy });
    const destination = configuration.alarms;
    const alarms = new AlarmTopic(this, 'AlarmTopic', { destination, keys, removalPolicy });
    const { runbookUrl } = configuration.monitoring;
    const { environmentName } = props;
    const stage = { keys, environmentName, alarmTopic: alarms.topic, runbookUrl, removalPolicy };
    const signingSecrets = new SigningSecrets(this, stage);
    const pepper = this.createPepper(stage);

    const publisherArns = configuration.publishers;
    const eventTopic = new EventTopic(this, 'EventTopic', { ...stage, publisherArns });
    const eventApi = new EventApi(this, 'EventApi', { ...stage, eventTopic, configuration });
    const active = Object.keys(systems).filter((name) => systems[name]?.state === 'active');
    const worked = withWorker(systems);
    const refusing = active.filter((name) => worked[name] !== undefined).length;
    const quarantine = new Quarantine(this, 'Quarantine', {
      ...stage,
      eventTopic,
      systems: active,
      granting: active.filter((name) => systems[name]?.kind === 'auth0'),
      refusing,
    });
    const userLinks = new UserLinkTable(this, 'UserLinkTable', stage);
    const systemTable = new SystemTable(this, 'SystemTable', stage);
    const secrets = { signingSecrets, pepper };
    const asked = provisioningApiOf(environmentName, configuration);
    const { invitations: inviting } = configuration;
    const granting = Object.keys(worked).filter((name) => worked[name]?.kind === 'auth0');
    const asksAuth0 = asked?.management || granting.length > 0 || inviting !== undefined;
    const management = asksAuth0 ? this.createManagementClient(stage) : undefined;
    const tenant = management && { management, roles: inviting?.roles ?? {} };
    const stores = { quarantine, userLinks, systemTable };
    const shared = { ...stage, ...secrets, ...stores, environment, eventTopic, jit, tenant };
    for (const [system, settings] of Object.entries(systems)) {
      const own = { system, configuration: settings };
      const stack = new SystemStack(this, `System-${system}`, { ...shared, ...own });
      quarantine.letGoAfter(stack);
      const suffix = pascalCase(system);
      for (const [name, value] of Object.entries(stack.outputs)) this.output({ [name + suffix]: value });
    }
    const ofAll = { systems: Object.keys(worked), hasSilenceAlarm: !configuration.ephemeral };
    new LinkCensus(this, 'LinkCensus', { ...stage, ...ofAll, userLinks });
    const invitations = inviting === undefined ? undefined : this.addInvitations(stage, inviting);
    const swept = { userLinks, invitations, management };
    new LinkSweeper(this, 'LinkSweeper', {
      ...stage,
      ...swept,
      tenant: configuration.tenant,
      eventTopic,
      signingSecrets,
    });
    const modules = statusSettingsModule(this, props);
    const { throttle } = configuration.statusApi;
    const statusApi = new StatusApi(this, 'StatusApi', {
      ...{ ...stage, ...secrets, environment, userLinks, modules, throttle },
      logRole: eventApi.logRole,
    });
    const status = new StatusProjection(this, 'StatusProjection', {
      ...{ ...stage, environment, userLinks, statusApi, modules },
    });
    const reached = { ...stage, ...secrets, environment, userLinks, eventTopic, modules };
    const invitationMail =
      invitations === undefined || inviting === undefined || asked === undefined || management === undefined
        ? undefined
        : this.addInvitationPages(props, {
            ...{ ...reached, settings: inviting, api: asked, invited: invitations },
            ahead: { management, systems: worked, jit },
          });
    const audit = new AuditTable(this, 'AuditTable', stage);
    // A retired one keeps its queue, so that its queue does not say whether it hears of anything.
    const consuming = active.filter((name) => worked[name] === undefined);
    if (asked !== undefined) {
      const withLinks = active.filter((name) => worked[name] !== undefined);
      const known = { systems: withLinks, consumers: consuming, byInvitation: granting, jit };
      const { claimNamespace } = props.login;
      const api = new ProvisioningApi(this, 'ProvisioningApi', {
        ...{ ...stage, ...secrets, ...known, environment, eventTopic, userLinks, systemTable, audit },
        ...{ settings: asked, invitations, invitationMail, modules },
        ...{ claimNamespace, attributes: props.emit.attributes },
        management: asked.management || invitations !== undefined ? management : undefined,
      });
      this.output({ ProvisioningApiUrl: api.url, ProvisioningApiFunctionArn: api.functionArn });
    }
    const certificates = new CertificateKey(this, 'CertificateKey', { removalPolicy });
    const dashboard = new PipelineDashboard(this, 'Dashboard', {
      ...stage,
      ...{ apiStage: eventApi.stage, eventTopic: eventTopic.topic, projector: status.projector },
      eventDeadLetters: eventTopic.deadLetterQueue,
      quarantine: quarantine.queue,
      projectionFailures: status.failureQueue,
      statusHandler: statusApi.handler,
    });

    eventApi.outputUrlAs('EventApiUrl');
    this.output({
      EnvironmentName: environmentName,
      Auth0Tenant: configuration.tenant,
      TenantOrigins: [configuration.tenant, ...configuration.domains]
        .map((one) => `https://${one}`)
        .join(','),
      EventApiKeyId: eventApi.apiKey.keyId,
      EventApiUsagePlanId: eventApi.usagePlan.usagePlanId,
      EventTopicArn: eventTopic.topic.topicArn,
      EventTopicDeadLetterQueueUrl: eventTopic.deadLetterQueue.queueUrl,
      QuarantineQueueUrl: quarantine.queue.queueUrl,
      UserLinkTableName: userLinks.table.tableName,
      SystemTableName: systemTable.table.tableName,
      AuditTableName: audit.table.tableName,
      CertificateKeyArn: certificates.key.keyArn,
      SigningSecretArn: signingSecrets.of.actions.secret.secretArn,
      EventStreamSecretArn: signingSecrets.of['event-stream'].secret.secretArn,
      PunctualSecretArn: signingSecrets.of.punctual.secret.secretArn,
      UserRefPepperArn: pepper.secret.secretArn,
      ProjectionFailureQueueUrl: status.failureQueue.queueUrl,
      AlarmTopicArn: alarms.topic.topicArn,
      DashboardName: dashboard.dashboardName,
      NotificationTopicArn: status.notificationTopic.topicArn,
      StatusPageUrl: statusApi.pageUrl,
      StatusSocketUrl: statusApi.socketUrl,
      StatusSecretArn: statusApi.statusSecret.secret.secretArn,
      ReturnSecretArn: statusApi.returnSecret.secret.secretArn,
    });
    const required = active.filter((name) => worked[name]?.required);
    if (required.length > 0) this.output({ RequiredSystems: required.join(',') });
    if (granting.length > 0) this.output({ GrantingSystems: granting.join(',') });
    if (consuming.length > 0) this.output({ ConsumingSystems: consuming.join(',') });
    if (configuration.plainInterface.unsigned) this.warnOfUnsignedCalls();
    refuseTooLarge(this);
    acceptFindings(this);
  }

  private addInvitations(stage: StageProps, settings: InvitationsConfiguration): Invitations {
    const added = new Invitations(this, 'Invitations', { ...stage, settings });
    const { invitations, secret } = added;
    this.output({
      InvitationTableName: invitations.table.tableName,
      InvitationSecretArn: secret.secret.secretArn,
      InvitationRoles: JSON.stringify(Object.keys(settings.roles)),
      InvitationApplications: JSON.stringify(Object.keys(settings.applications)),
    });
    return added;
  }

  private addInvitationPages(props: UserProvisioningStackProps, reached: PagesReach): InvitationMail {
    const { systems, login, emit } = props;
    const pages = new InvitationPages(this, 'InvitationPages', {
      ...{ ...reached, claimNamespace: login.claimNamespace, attributes: emit.attributes },
      grantingSystem: grantingSystemIn(systems),
    });
    this.output({
      InvitationPageUrl: pages.url,
      InvitationClientSecretArn: pages.client.secret.secretArn,
    });
    const { invited: invitations } = reached;
    const mail = new InvitationMail(this, 'InvitationMail', {
      ...{ ...reached, ...reached.ahead, invitations, pageUrl: pages.url, attributes: emit.attributes },
    });
    this.output({
      InvitationMailQueueUrl: mail.queueUrl,
      InvitationMailDeadLetterQueueUrl: mail.deadLetterQueueUrl,
      InvitationMailFrom: mail.from,
      InvitationMailSetName: mail.setName,
    });
    return mail;
  }

  private createPepper(stage: StageProps): GeneratedSecret {
    return new GeneratedSecret(this, 'UserRefPepper', {
      description: 'Turns user ids into the userRef of links and logs. Changing it orphans every link.',
      ...stage,
    });
  }

  private createManagementClient(stage: StageProps): ManagementClient {
    const client = new ManagementClient(this, 'ManagementClient', stage);
    this.output({ ManagementSecretArn: client.secretArn });
    return client;
  }

  private output(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }

  private warnOfUnsignedCalls(): void {
    Annotations.of(this).addWarningV2(
      'punctual:unsigned-calls',
      'plainInterface.unsigned is true: whoever holds the API key can register users that do not exist.',
    );
  }
}

interface PagesReach extends Omit<InvitationPagesProps, 'claimNamespace' | 'attributes' | 'grantingSystem'> {
  readonly ahead: Pick<PrecreationProps, 'management' | 'systems' | 'jit'>;
}

/** The tenant itself, in which an invitation gives roles and data. */
const grantingSystemIn = (systems: UserProvisioningStackProps['systems']): string =>
  Object.keys(systems).find((name) => systems[name]?.kind === 'auth0') ?? 'auth0';

function variablesOf(props: UserProvisioningStackProps): FunctionEnvironment {
  return {
    [ENVIRONMENT_NAMES.environment]: props.environmentName,
    [ENVIRONMENT_NAMES.tenant]: props.configuration.tenant,
    [ENVIRONMENT_NAMES.plainInterfaceUnsigned]: `${props.configuration.plainInterface.unsigned}`,
  };
}
