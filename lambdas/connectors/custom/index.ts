export { defineConnector, type SettingsOf } from './define-connector';
export type {
  AccountChanges,
  ApiAnswer,
  ApiRequest,
  ConnectorDefinition,
  NewAccount,
  Parser,
  System,
  SystemAccount,
  SystemAccounts,
} from './definition';
export { AccountRefused, SenselessAnswer, TryLater } from './failures';
