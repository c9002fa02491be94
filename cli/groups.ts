/** What the commands of two words have in common, for the help. */
export const GROUPS: Readonly<Record<string, string>> = {
  dlq: 'messages that were given up: list, show, redrive',
  quarantine: 'events that nobody takes or believes: list, show, drop',
  rotate: 'new keys without a refused event: api-key, signing-secret',
  audit: 'what operators did',
  actions: 'the Auth0 Actions in the tenant: deploy, diff, remove',
};
