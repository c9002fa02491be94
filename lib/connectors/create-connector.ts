import type { Construct } from 'constructs';
import type { SystemConfiguration } from '../configuration';
import { Auth0Connector } from './auth0-connector';
import type { Connector, ConnectorProps } from './connector';
import { CustomConnector } from './custom-connector';
import { EventBridgeConnector } from './eventbridge-connector';
import { ProfileConnector } from './profile-connector';
import { ScimConnector } from './scim-connector';
import { WebhookConnector } from './webhook-connector';

type Kind = SystemConfiguration['kind'];
type ConnectorOf<Configuration extends SystemConfiguration> = new (
  scope: Construct,
  id: string,
  props: ConnectorProps<Configuration>,
) => Connector;

/** Every kind of system: a line here, a folder in `lambdas/connectors`, a line in `lib/configuration/system-schema.ts`. */
const CONNECTORS: { readonly [K in Kind]: ConnectorOf<Extract<SystemConfiguration, { kind: K }>> } = {
  auth0: Auth0Connector,
  custom: CustomConnector,
  profile: ProfileConnector,
  scim: ScimConnector,
  webhook: WebhookConnector,
  eventbridge: EventBridgeConnector,
};

/** The connector for the configured kind of system. */
export function createConnector(scope: Construct, id: string, props: ConnectorProps): Connector {
  const OfKind = CONNECTORS[props.configuration.kind] as ConnectorOf<SystemConfiguration>;
  return new OfKind(scope, id, props);
}
