/**
 * One time-out for everything an Action does. Auth0 advises less than 10 s per request and gives all Actions of
 * a trigger 20 s together; a registration may wait for us once, for 1.5 s, when everything behind us is down.
 */
export const BUDGET_MS = 1500;

/** Before the retry: long enough for a broken connection to be replaced, short enough to fit the budget. */
export const RETRY_PAUSE_MS = 100;

/** Auth0 keeps 256 characters of what an Action prints. */
export const LOG_LINE_LENGTH = 256;
