/** The module in `systems/` that the configuration names: the bundle of each system is made with its own. */
declare module 'punctual:system' {
  const connector: import('./define-connector').DefinedConnector;
  export default connector;
}
