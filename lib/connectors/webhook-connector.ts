import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { WebhookConfiguration } from '../configuration';
import { GeneratedSecret } from '../generated-secret';
import type { ConnectorProps } from './connector';
import { HandoverConnector } from './handover-connector';

/** Tells a system by a signed POST which accounts are wanted. */
export class WebhookConnector extends HandoverConnector {
  constructor(scope: Construct, id: string, props: ConnectorProps<WebhookConfiguration>) {
    super(scope, id, props);
    this.function.addEnvironment(ENVIRONMENT_NAMES.webhookUrl, props.configuration.url);
    const signing = new GeneratedSecret(this, 'Signing', {
      ...props,
      description: `Signs what ${props.system} is told: whsec_ and this value is the secret that it verifies with`,
    });
    signing.grantReadAs(this.function, ENVIRONMENT_NAMES.webhookSecretArn);
    this.outputs.WebhookSecretArn = signing.secret.secretArn;
  }
}
