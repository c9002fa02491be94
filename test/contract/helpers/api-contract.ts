import { type Contract, failing, searching, unharmedBut } from './subject';

export const UNREADABLE = { fails: 'remote-invalid-answer' } as const;

const unreadable = unharmedBut({
  ...{ find: UNREADABLE, read: UNREADABLE, match: UNREADABLE },
  // That it made the account is all it said.
  create: { gives: { kind: 'created-unnamed' } },
});

/** What a connector to an API over HTTP promises of each fault; what a conflict is, each API says in its own way. */
export const apiContract = (conflict: Contract['conflict']): Contract => ({
  conflict,
  throttled: failing('remote-throttled', 30_000),
  'throttled-until': failing('remote-throttled', expect.closeTo(30_000, -4)),
  'server-error': failing('remote-unavailable'),
  unavailable: failing('remote-unavailable'),
  unauthorized: failing('remote-unauthorized'),
  'token-expired': failing('remote-unauthorized'),
  reset: failing('remote-unavailable'),
  'reset-after': failing('remote-unavailable'),
  timeout: failing('remote-timeout'),
  'timeout-after': failing('remote-timeout'),
  'error-after': failing('remote-unavailable'),
  'slow-body': failing('remote-timeout'),
  'malformed-json': unreadable,
  'wrong-schema': unreadable,
  'late-search': searching({ gives: { kind: 'none' } }),
  // Of one account that there is, none is shown on this page.
  paging: searching(UNREADABLE),
  'more-results': searching({ gives: { kind: 'many' } }),
  'filter-ignored': searching({ fails: 'filter-ignored' }),
});
