export type { Configuration, ConfigurationInput } from './configuration-schema';
export { ConfigurationError, defineConfiguration } from './define-configuration';
export type { EnvironmentConfiguration } from './environment-schema';
export type {
  CustomConfiguration,
  EventBridgeConfiguration,
  ProfileConfiguration,
  ScimConfiguration,
  SystemConfiguration,
  WebhookConfiguration,
} from './system-schema';
