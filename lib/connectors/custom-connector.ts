import type { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { CustomConfiguration } from '../configuration';
import { GeneratedSecret } from '../generated-secret';
import { Connector, type ConnectorProps } from './connector';
import { customModule } from './custom-module';

/** Where teams keep their connectors, unless `-c systems=…` says otherwise. */
const FOLDER = 'systems';

/** Makes accounts by what a team wrote, with a secret that an operator fills. */
export class CustomConnector extends Connector {
  constructor(scope: Construct, id: string, props: ConnectorProps<CustomConfiguration>) {
    const folder: string = scope.node.tryGetContext('systems') ?? FOLDER;
    super(scope, id, { ...props, module: customModule({ ...props, folder }) });
    const { baseUrl, settings } = props.configuration;
    this.function.addEnvironment(ENVIRONMENT_NAMES.customBaseUrl, baseUrl);
    this.function.addEnvironment(ENVIRONMENT_NAMES.customSettings, JSON.stringify(settings));
    new GeneratedSecret(this, 'Token', {
      ...props,
      description: `Secret for ${props.system}: replace the generated value by what its connector authorizes with`,
    }).grantReadAs(this.function, ENVIRONMENT_NAMES.customSecretArn);
  }
}
