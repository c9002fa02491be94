/**
 * How a person stands in one system.
 *
 * - `waiting`: an account is due, and not there yet
 * - `ready`: the account is there
 * - `failed`: it will not come by itself
 * - `not-needed`: the person is to have none there, so that nobody needs to wait for one
 */
export type Standing = 'waiting' | 'ready' | 'failed' | 'not-needed';
