/** What the configuration says of logins: the bundles that know it are made with it. */
declare module 'punctual:status' {
  const settings: import('./status-settings').StatusSettings;
  export default settings;
}
