import { configuration } from '../../punctual.config';
import type { TokenIssuer } from './a-token-issuer';
import type { subscribeInbox } from './inbox';
import { type LocalRun, waitFor } from './local-run';
import { createUserIds } from './signed-post';

/** What a walk goes through. */
export interface WalkedRun {
  readonly run: LocalRun;
  /** Makes tokens of the tenant. */
  readonly tokens: TokenIssuer;
  /** What a team was told. */
  readonly notifications: Awaited<ReturnType<typeof subscribeInbox>>;
  /** Nobody waits any longer for an end that is not reached. */
  readonly signal?: AbortSignal;
}

const CONFIGURED = Object.entries(configuration.systems).map(([name, { kind }]) => ({ name, kind }));

/** Every system with a queue of its own. */
export const ALL_SYSTEMS = CONFIGURED.map(({ name }) => name);

/** Those in which everybody gets an account. */
export const SYSTEMS = CONFIGURED.filter(({ kind }) => kind !== 'auth0').map(({ name }) => name);

/** What gives people what an invitation brings. */
export const GRANTING = CONFIGURED.find(({ kind }) => kind === 'auth0')?.name ?? '';

/** A system that is asked over the internet. */
export const REMOTE = CONFIGURED.find(({ kind }) => kind === 'scim')?.name ?? '';

const WITHIN_MS = 40_000;

export const nextUser = createUserIds('walk');

export const addressOf = (user: string) => `${user.replace(/\W/g, '-')}@example.com`;

export const until = ({ signal }: WalkedRun, what: string, isSo: () => Promise<boolean>) =>
  waitFor(
    what,
    async () => {
      signal?.throwIfAborted();
      return isSo();
    },
    WITHIN_MS,
  );
