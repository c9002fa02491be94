import { type InvitationView, type InviteBody, invitationAnswer } from '../../events/invitations/schemas';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type ApiDeps, answerOf } from '../invitation/call-api';

export type CreateDeps = ApiDeps & Pick<Deps, 'pause' | 'stopping'>;

const MOST_TRIES = 4;
const PAUSE_MS = 1_000;

export interface Created {
  readonly view: InvitationView;
  /** Somebody made it by this key before. */
  readonly wasThere: boolean;
}

/** Makes an invitation, and tries again what may go well in a moment: by the same key there is never a second one. */
export async function createInvitation(body: InviteBody, key: string, deps: CreateDeps): Promise<Created> {
  const call = { route: 'POST /invitations', headers: { 'idempotency-key': key }, body };
  for (let tries = 1; ; tries += 1) {
    try {
      const { status, data } = await answerOf(call, invitationAnswer, deps);
      // After a try whose answer got lost it may be ours.
      return { view: data.invitation, wasThere: status === 200 && tries === 1 };
    } catch (error) {
      const mayHelp = error instanceof CliError && error.exitCode === 3 && AGAIN.has(error.code);
      if (!mayHelp || tries === MOST_TRIES || deps.stopping().aborted) throw error;
      await deps.pause(tries * PAUSE_MS);
    }
  }
}

/** What passes by itself. */
const AGAIN: ReadonlySet<string> = new Set([
  'unavailable',
  'auth0-unavailable',
  'unreachable',
  'worker-failed',
]);
