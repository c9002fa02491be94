import { App, type AppProps } from 'aws-cdk-lib';
import type { Configuration } from './configuration';
import { tagStack } from './stack-tags';
import { UserProvisioningStack } from './user-provisioning-stack';

/** `-c environment=…` names none of the configured environments. Nothing is synthesized. */
export class UnknownEnvironmentError extends Error {
  readonly code = 'unknown-environment';

  constructor(given: unknown, names: readonly string[]) {
    super(`-c environment: given ${JSON.stringify(given)}; allowed is ${names.join(' or ')}.`);
    this.name = 'UnknownEnvironmentError';
  }
}

/**
 * The app with the stack of one environment: `-c environment=<name>`, or the first configured one.
 *
 * @throws UnknownEnvironmentError
 */
export function createUserProvisioningApp(
  { environments, ...shared }: Configuration,
  props: AppProps = {},
): App {
  const app = new App({ analyticsReporting: false, ...props });
  const names = Object.keys(environments);
  const environmentName: unknown = app.node.tryGetContext('environment') ?? names[0];
  const [, configuration] = Object.entries(environments).find(([name]) => name === environmentName) ?? [];
  if (configuration === undefined) throw new UnknownEnvironmentError(environmentName, names);
  const stack = new UserProvisioningStack(app, `UserProvisioning-${environmentName}`, {
    description: `Punctual: user provisioning for ${configuration.tenant}`,
    environmentName: String(environmentName),
    configuration,
    ...shared,
  });
  tagStack(stack, String(environmentName), configuration.tags);
  return app;
}
