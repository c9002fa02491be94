import type { Construct } from 'constructs';
import type { ProfileConfiguration, ScimConfiguration } from '../configuration';
import type { Connector, ConnectorProps } from './connector';
import { ProfileConnector } from './profile-connector';
import { ScimConnector } from './scim-connector';

/** The connector for the configured kind of system. */
export function createConnector(scope: Construct, id: string, props: ConnectorProps): Connector {
  switch (props.configuration.kind) {
    case 'profile':
      return new ProfileConnector(scope, id, props as ConnectorProps<ProfileConfiguration>);
    case 'scim':
      return new ScimConnector(scope, id, props as ConnectorProps<ScimConfiguration>);
  }
}
