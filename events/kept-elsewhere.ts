/** What an export of a person does not hold, and where it is to be had. */
export interface NotIncluded {
  readonly what: string;
  readonly where: string;
}

/** What no table of ours holds, or what nobody can be looked up in. Each export adds what it alone leaves out. */
export const KEPT_ELSEWHERE: readonly NotIncluded[] = [
  {
    what: 'the accounts as the systems show them',
    where: 'ask each system for the account that its link names; ours keep the id alone',
  },
  {
    what: 'rows of profile tables',
    where: 'each service keeps its own; its table has the user_id of Auth0 as its key',
  },
  { what: 'messages under way', where: 'they end within their retry budget, and show in the links then' },
  { what: 'logs', where: 'CloudWatch, by the userRef; they hold no other personal data' },
  { what: "Auth0's logs and sessions", where: 'the tenant' },
];
