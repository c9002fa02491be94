import type { EventType } from './event-types';

/**
 * Who may sign which types. A stolen key of one issuer is worth only that issuer's types.
 */
export const ISSUER_TYPES = {
  /** The Actions in the login path. Their secret lives in the Auth0 tenant. */
  actions: ['user.registered', 'user.logged-in'],
  /** The Action behind Auth0's event stream. */
  'event-stream': ['user.created', 'user.updated', 'user.blocked', 'user.unblocked', 'user.deleted'],
  /**
   * Punctual's own API, sweeper and command line. A change that a person makes by the API is told by it at once, and that
   * a user is gone whom it made ahead for an invitation.
   */
  punctual: [
    'user.updated',
    'user.deleted',
    'user.provision-requested',
    'user.erase-requested',
    'invitation.accepted',
    'link.due',
  ],
  /** A system that makes its accounts itself. Each has a secret of its own, which the worker of that system alone knows. */
  system: ['account.linked'],
} as const satisfies Record<string, readonly EventType[]>;

export type IssuerName = keyof typeof ISSUER_TYPES;
/** Issuers whose keys are of the whole stack; those of a system are of that system alone. */
export type OurIssuer = Exclude<IssuerName, 'system'>;

/** True when `issuer` may send events of `type`. */
export function mayIssue(issuer: IssuerName, type: EventType): boolean {
  return (ISSUER_TYPES[issuer] as readonly EventType[]).includes(type);
}
