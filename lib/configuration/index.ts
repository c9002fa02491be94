export type { Configuration, ConfigurationInput } from './configuration-schema';
export { ConfigurationError, defineConfiguration } from './define-configuration';
export type { EnvironmentConfiguration } from './environment-schema';
export type {
  AnySystemConfiguration,
  Auth0Configuration,
  CustomConfiguration,
  EventBridgeConfiguration,
  ProfileConfiguration,
  ScimConfiguration,
  SqsConfiguration,
  SystemConfiguration,
  WebhookConfiguration,
} from './system-schema';
