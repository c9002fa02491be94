import type { MfaSettings } from './mfa/mfa-settings';

/** What punctual.config.ts says to the Actions, as `bundle.ts` writes it into each of them. */
export interface ActionSettings {
  /** `emit.attributes`. */
  readonly attributes: readonly string[];
  /** What the names of our claims begin with. */
  readonly claimNamespace: string;
  /** Identifiers of the provisioning APIs, whose tokens say more. */
  readonly audiences: readonly string[];
  /** A revision reaches those who come back over so many hours. */
  readonly rampHours: number;
  /** Whether a login ends where a required system failed. */
  readonly stopsOnFailed: boolean;
  /** Whether people are invited in any environment: tokens say their roles then. */
  readonly hasInvitations?: boolean;
  /** The systems that have links. */
  readonly systems: readonly LinkedSystem[];
  /** For connections that are not named. */
  readonly rule: ConnectionRule;
  readonly rules: Readonly<Record<string, ConnectionRule>>;
  /** Where nothing is said of it, there is no such Action. */
  readonly mfa?: MfaSettings;
}

export interface LinkedSystem {
  readonly name: string;
  /** Left out where it is not, as the name of each system is in the code of every Action. */
  readonly required?: boolean;
}

/** What is asked for of those who come by a connection. */
export interface ConnectionRule {
  /** Changes with the systems, the emitted attributes and `jit`. */
  readonly rev: string;
  /** False lets people pass without accounts; a list names the only systems in which they get one. */
  readonly jit: boolean | readonly string[];
}
