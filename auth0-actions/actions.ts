import { join } from 'node:path';
import type { OurIssuer } from '../events/issuers';
import type { ActionSettings } from './action-settings';
import { INVITATION_SECRET_NAMES, SECRET_NAMES, STATUS_SECRET_NAMES } from './secret-names';

/** Issuers whose key is given to an Action. */
export type ActionIssuer = Exclude<OurIssuer, 'punctual'>;

/** An event stream of the tenant. */
export interface StreamDefinition {
  readonly name: string;
  readonly eventTypes: readonly string[];
}

/** An Action that `bundle.ts` builds. */
export interface ActionDefinition {
  /** Name in Auth0 and of its files. The prefix keeps it apart from the Actions that a tenant has already. */
  readonly name: string;
  /** Trigger of Auth0 the Action is for, and the version of it that its code is written for. */
  readonly trigger: string;
  readonly triggerVersion: string;
  readonly entry: string;
  /** Whose key its events are signed with; one that sends none has no secrets. */
  readonly issuer?: ActionIssuer;
  /** It sends people to the status page, with the secrets for it. */
  readonly hasStatus?: boolean;
  /** It redeems invitations, with the secret for it. */
  readonly hasInvitations?: boolean;
  /** There only where `mfa` is configured. */
  readonly isForMfa?: boolean;
  /** Name of the Action that it is to run before. */
  readonly before?: string;
  /** The event stream that hands it what it works on, in place of a binding to its trigger. */
  readonly stream?: StreamDefinition;
  /** Functions Auth0 calls by name. */
  readonly handlers: readonly string[];
}

/** The runtime every Action is built for; a tenant says in its triggers whether it offers it. */
export const ACTION_RUNTIME = 'node22';

export const ACTIONS: readonly ActionDefinition[] = [
  {
    name: 'punctual-post-user-registration',
    trigger: 'post-user-registration',
    triggerVersion: 'v2',
    entry: join(__dirname, 'post-user-registration', 'post-user-registration.action.ts'),
    issuer: 'actions',
    handlers: ['onExecutePostUserRegistration'],
  },
  {
    name: 'punctual-mfa',
    trigger: 'post-login',
    triggerVersion: 'v3',
    entry: join(__dirname, 'mfa', 'mfa.action.ts'),
    // Nobody is to be shown the status page, or told of, before they have proved who they are.
    ...{ isForMfa: true, before: 'punctual-post-login' },
    handlers: ['onExecutePostLogin'],
  },
  {
    name: 'punctual-post-login',
    trigger: 'post-login',
    triggerVersion: 'v3',
    entry: join(__dirname, 'post-login', 'post-login.action.ts'),
    ...{ issuer: 'actions', hasStatus: true, hasInvitations: true },
    handlers: ['onExecutePostLogin', 'onContinuePostLogin'],
  },
  {
    name: 'punctual-event-stream',
    trigger: 'event-stream',
    triggerVersion: 'v1',
    entry: join(__dirname, 'event-stream', 'event-stream.action.ts'),
    issuer: 'event-stream',
    stream: { name: 'punctual-users', eventTypes: ['user.created', 'user.updated', 'user.deleted'] },
    handlers: ['onExecuteEventStream'],
  },
];

/** Those that are to be in a tenant. */
export function actionsFor({ mfa }: Pick<ActionSettings, 'mfa'>): readonly ActionDefinition[] {
  return ACTIONS.filter(({ isForMfa = false }) => !isForMfa || mfa !== undefined);
}

/** Names of all secrets that an Action is given. */
export function secretsOf(action: ActionDefinition): readonly string[] {
  const { issuer, hasStatus = false, hasInvitations = false } = action;
  if (issuer === undefined) return [];
  return [
    ...Object.values(SECRET_NAMES),
    ...(hasStatus ? Object.values(STATUS_SECRET_NAMES) : []),
    ...(hasInvitations ? Object.values(INVITATION_SECRET_NAMES) : []),
  ];
}
