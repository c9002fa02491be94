/** What the commands of two words have in common, for the help, which names the commands behind it. */
export const GROUPS: Readonly<Record<string, string>> = {
  breaker: 'systems that are left alone',
  link: 'links that wait for an operator',
  erase: 'people who ask for it',
  invitation: 'what became of invitations',
  dlq: 'messages that were given up',
  quarantine: 'strays, and events not believed',
  rotate: 'new keys',
  audit: 'what operators did',
  actions: 'the Actions in the tenant',
};
