import { Annotations, CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import type { Configuration, EnvironmentConfiguration } from './configuration';
import { EncryptionKeys } from './encryption-keys';
import { EventApi } from './event-api/event-api';
import { EventTopic } from './event-topic';
import { GeneratedSecret } from './generated-secret';
import { AlarmTopic } from './monitoring/alarm-topic';
import { Quarantine } from './quarantine';
import { StatusProjection } from './status-projection';
import { SystemStack } from './system-stack';
import { UserLinkTable } from './user-link-table';

export interface UserProvisioningStackProps extends StackProps {
  /** Name of the environment, such as `dev`. */
  readonly environmentName: string;
  readonly environment: EnvironmentConfiguration;
  readonly systems: Configuration['systems'];
}

/** emit -> accept -> fan out -> queue -> provision -> link -> project, from the API to the notifications. */
export class UserProvisioningStack extends Stack {
  constructor(scope: Construct, id: string, props: UserProvisioningStackProps) {
    super(scope, id, { ...props, terminationProtection: !props.environment.ephemeral });
    const { environment: configuration, systems } = props;
    const removalPolicy = configuration.ephemeral ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

    const keys = new EncryptionKeys(this, 'Keys', { removalPolicy });
    const { topicKey, queueKey, dataKey } = keys;
    const { topic: alarmTopic } = new AlarmTopic(this, 'AlarmTopic', {
      destination: configuration.alarms,
      key: topicKey,
      removalPolicy,
    });
    const signingSecret = new GeneratedSecret(this, 'SigningSecret', {
      description: 'Signs events: whsec_ followed by this value is the secret of the Auth0 Actions',
      encryptionKey: dataKey,
      removalPolicy,
    });
    const pepper = new GeneratedSecret(this, 'UserRefPepper', {
      description: 'Turns user ids into the userRef of links and logs. Changing it orphans every link.',
      encryptionKey: dataKey,
      removalPolicy,
    });

    const eventTopic = new EventTopic(this, 'EventTopic', {
      topicKey,
      queueKey,
      alarmTopic,
      removalPolicy,
      publisherArns: configuration.publishers,
    });
    const eventApi = new EventApi(this, 'EventApi', { eventTopic, configuration, removalPolicy });
    const userLinks = new UserLinkTable(this, 'UserLinkTable', { dataKey, removalPolicy });
    const active = Object.keys(systems).filter((name) => systems[name]?.state === 'active');
    const quarantine = new Quarantine(this, 'Quarantine', {
      eventTopic,
      systems: active,
      queueKey,
      alarmTopic,
      removalPolicy,
    });
    const environment = variablesOf(props);
    for (const [system, settings] of Object.entries(systems)) {
      new SystemStack(this, `System-${system}`, {
        system,
        configuration: settings,
        environment,
        eventTopic,
        userLinks,
        quarantine,
        signingSecret,
        pepper,
        queueKey,
        dataKey,
        alarmTopic,
        removalPolicy,
      });
    }
    const status = new StatusProjection(this, 'StatusProjection', {
      userLinks,
      keys,
      alarmTopic,
      environment,
      removalPolicy,
    });

    eventApi.outputUrlAs('EventApiUrl');
    this.output({
      EventApiKeyId: eventApi.apiKey.keyId,
      EventTopicArn: eventTopic.topic.topicArn,
      UserLinkTableName: userLinks.table.tableName,
      SigningSecretArn: signingSecret.secret.secretArn,
      AlarmTopicArn: alarmTopic.topicArn,
      NotificationTopicArn: status.notificationTopic.topicArn,
    });
    if (configuration.plainInterface.unsigned) this.warnOfUnsignedCalls();
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

function variablesOf({ environmentName, environment }: UserProvisioningStackProps) {
  return {
    [ENVIRONMENT_NAMES.environment]: environmentName,
    [ENVIRONMENT_NAMES.tenant]: environment.tenant,
    [ENVIRONMENT_NAMES.plainInterfaceUnsigned]: `${environment.plainInterface.unsigned}`,
  };
}
