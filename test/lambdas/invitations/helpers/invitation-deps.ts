import type { Invitation } from '../../../../events/invitations/invitation';
import type { SendMessage } from '../../../../events/invitations/mail-message';
import type { InvitationDeps } from '../../../../lambdas/invitations/api/invitation-deps';
import { comparedAddress } from '../../../../lambdas/invitations/email-ref';
import { createInvitationsInMemory } from './invitations';

/** What the routes of invitations work with, over a table in memory; `sent` is the queue of mails. */
export function aSetOfInvitations(clock: { readonly now: number }, ...given: readonly Invitation[]) {
  const table = createInvitationsInMemory(...given);
  const sent: SendMessage[] = [];
  const undone: string[] = [];
  const profiles: Record<string, string> = {};
  const state = { queueFails: false, undoFails: false, isAuth0Down: false, profiles };
  let ids = 0;
  const deps: InvitationDeps = {
    invitations: table.invitations,
    terms: {
      applications: ['shop', 'desk'],
      roles: ['editor', 'reader'],
      expiryDays: 7,
      keepAddressDays: 30,
    },
    userRefOf: async (userId) => `ref:${userId}`,
    emailRefOf: async (email) => `ref-of-${comparedAddress(email)}`,
    digestOf: async (text) => Buffer.from(text).toString('base64url').slice(-43).padStart(43, '-'),
    send: async (message) => {
      if (state.queueFails) throw new Error('the queue is unavailable');
      sent.push(message);
    },
    undo: async ({ id }) => {
      if (state.undoFails) throw new Error('Auth0 is unavailable');
      undone.push(id);
    },
    emailOf: async (userId) => {
      if (state.isAuth0Down) throw new Error('Auth0 is unavailable');
      return state.profiles[userId];
    },
    newId: () => `${++ids}`.padStart(22, 'i'),
    now: () => clock.now,
  };
  return { ...table, deps, sent, undone, faults: state };
}
