/**
 * How a person stands in one system, in the words of the status page.
 *
 * - `ready`: they have an account there
 * - `not-needed`: they are to have none
 * - `failed`: nothing will come of it by itself
 * - `waiting`: anything else
 */
export type Standing = 'waiting' | 'ready' | 'failed' | 'not-needed';
