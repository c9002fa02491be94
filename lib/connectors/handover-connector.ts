import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { SystemConfiguration } from '../configuration';
import { GeneratedSecret } from '../generated-secret';
import { Connector, type ConnectorProps } from './connector';

/** The configuration of a system that makes its accounts itself. */
export type HandoverConfiguration = Extract<SystemConfiguration, { signOff: unknown }>;

/** Tells a system that makes its accounts itself, and takes its word for which it made. A kind adds the way. */
export abstract class HandoverConnector extends Connector {
  constructor(scope: Construct, id: string, props: ConnectorProps<HandoverConfiguration>) {
    super(scope, id, props);
    const { signOff } = props.configuration;
    if (signOff !== 'none') this.addSignOff(props, signOff.withinHours);
  }

  // A key of its own, which no other worker knows: no system can sign off for another one.
  private addSignOff(props: ConnectorProps, withinHours: number): void {
    const keys = new GeneratedSecret(this, 'SignOff', {
      ...props,
      description: `Signs what ${props.system} says of its accounts: whsec_ and this value is the secret that it signs with`,
    });
    keys.grantReadAs(this.function, ENVIRONMENT_NAMES.signOffSecretArn);
    this.function.addEnvironment(ENVIRONMENT_NAMES.signOffMs, `${withinHours * 3_600_000}`);
    this.outputs.SignOffSecretArn = keys.secret.secretArn;
  }
}
