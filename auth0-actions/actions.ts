import { join } from 'node:path';

/** An Action that `bundle.ts` builds. */
export interface ActionDefinition {
  /** Folder, file stem and name in Auth0. */
  readonly name: string;
  /** Trigger of Auth0 the Action is bound to. */
  readonly trigger: string;
  readonly entry: string;
  /** Functions Auth0 calls by name. */
  readonly handlers: readonly string[];
}

export const ACTIONS: readonly ActionDefinition[] = [
  {
    name: 'post-user-registration',
    trigger: 'post-user-registration',
    entry: join(__dirname, 'post-user-registration', 'post-user-registration.action.ts'),
    handlers: ['onExecutePostUserRegistration'],
  },
];
