import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { ProfileConfiguration } from '../configuration';
import { ProtectedTable } from '../protected-table';
import { Connector, type ConnectorProps } from './connector';

/** Makes a row per user in a service's own table. */
export class ProfileConnector extends Connector {
  constructor(scope: Construct, id: string, props: ConnectorProps<ProfileConfiguration>) {
    super(scope, id, props);
    const { defaults } = props.configuration;
    this.function.addEnvironment(ENVIRONMENT_NAMES.profileDefaults, JSON.stringify(defaults));
    this.addTable(props);
  }

  private addTable({ keys, removalPolicy }: ConnectorProps): void {
    const profiles = new ProtectedTable(this, 'Profiles', {
      partitionKey: { name: 'user_id', type: AttributeType.STRING },
      encryptionKey: keys.dataKey,
      removalPolicy,
    });
    profiles.grant(
      this.function,
      ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'].map((verb) => `dynamodb:${verb}`),
    );
    this.function.addEnvironment(ENVIRONMENT_NAMES.profileTableName, profiles.table.tableName);
    this.outputs.ProfileTableName = profiles.table.tableName;
  }
}
