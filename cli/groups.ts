/** What the commands of two words have in common, for the help. */
export const GROUPS: Readonly<Record<string, string>> = {
  breaker: 'systems that are left alone: close',
  link: 'links that wait for an operator: list, release, choose',
  erase: 'people who ask for it: a user id, verify, key',
  invitation: 'what became of invitations: list, show, resend, revoke',
  dlq: 'messages that were given up: list, show, redrive',
  quarantine: 'strays, and events not believed: list, show, drop',
  rotate: 'new keys: api-key, signing-secret, system-key, login-secrets',
  audit: 'what operators did: list',
  actions: 'the Actions in the tenant: deploy, diff, remove',
};
