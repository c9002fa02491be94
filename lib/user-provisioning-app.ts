import { App, type AppProps } from 'aws-cdk-lib';
import type { Configuration } from './configuration';
import { UserProvisioningStack } from './user-provisioning-stack';

/** The app with the stack of one environment: `-c environment=<name>`, or the first configured one. */
export function createUserProvisioningApp(configuration: Configuration, props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, ...props });
  const environmentName = environmentOf(app, Object.keys(configuration.environments));
  const environment = configuration.environments[environmentName];
  if (environment === undefined) throw new Error(`There is no environment ${environmentName}.`);
  new UserProvisioningStack(app, `UserProvisioning-${environmentName}`, {
    environmentName,
    configuration: environment,
    systems: configuration.systems,
    description: `Punctual: user provisioning for ${environment.tenant}`,
  });
  return app;
}

function environmentOf(app: App, names: readonly string[]): string {
  const asked: unknown = app.node.tryGetContext('environment') ?? names[0];
  if (typeof asked === 'string' && names.includes(asked)) return asked;
  throw new Error(`-c environment=${String(asked)}: allowed is ${names.join(' or ')}.`);
}
