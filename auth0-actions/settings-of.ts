import { createHash } from 'node:crypto';
import type { ActionSettings, ConnectionRule, LinkedSystem } from './action-settings';
import type { MfaSettings } from './mfa/mfa-settings';

type Brings = ConnectionRule['jit'];

/** What the Actions take from a system. */
export interface ConfiguredSystem {
  readonly kind: string;
  readonly state: string;
  readonly required?: boolean;
  readonly provisionAt?: string;
  readonly scope?: unknown;
}

/** What the Actions take from punctual.config.ts. */
export interface Configured {
  readonly emit: { readonly attributes: readonly string[] };
  readonly systems: Readonly<Record<string, ConfiguredSystem>>;
  readonly jit: { readonly default: Brings; readonly connections: Readonly<Record<string, Brings>> };
  readonly login: {
    readonly rampHours: number;
    readonly claimNamespace: string;
    readonly statusPage: { readonly onFailed: 'continue' | 'stop' };
  };
  readonly mfa?: MfaSettings | undefined;
  readonly environments?: Readonly<Record<string, { readonly invitations?: object | undefined }>>;
}

type Named = readonly [name: string, system: ConfiguredSystem];

/**
 * What is written into the bundles.
 * @param audiences identifiers of the provisioning APIs of all environments: a tenant knows those of its own
 */
export function settingsOf(
  { emit, systems, jit, login, mfa, environments = {} }: Configured,
  audiences: readonly string[],
): ActionSettings {
  const active = Object.entries(systems).filter(([, { state }]) => state === 'active');
  const ruleOf = (brings: Brings): ConnectionRule => ({
    rev: revisionOf(active, emit.attributes, brings),
    jit: brings,
  });
  const hasInvitations = Object.values(environments).some(({ invitations }) => invitations !== undefined);
  return {
    attributes: emit.attributes,
    claimNamespace: login.claimNamespace,
    audiences,
    rampHours: login.rampHours,
    stopsOnFailed: login.statusPage.onFailed === 'stop',
    systems: active.flatMap(toLinked),
    rule: ruleOf(jit.default),
    ...(mfa === undefined ? {} : { mfa }),
    ...(hasInvitations ? { hasInvitations } : {}),
    rules: Object.fromEntries(
      Object.entries(jit.connections).map(([name, brings]) => [name, ruleOf(brings)]),
    ),
  };
}

// Of a system that works its queue off itself nothing is known, so that nobody can wait for it.
function toLinked([name, { kind, required = false }]: Named): LinkedSystem[] {
  if (kind === 'sqs') return [];
  return [required ? { name, required } : { name }];
}

/**
 * Another one whenever those who are ready have to be told of again: for another system, another who and when of
 * one, another attribute, another rule. The order in which somebody wrote them down makes none.
 */
function revisionOf(systems: readonly Named[], attributes: readonly string[], brings: Brings): string {
  const facts = {
    systems: systems.map(([name, { provisionAt, scope }]) => [name, provisionAt, scope]).sort(byText),
    attributes: attributes.toSorted(),
    jit: typeof brings === 'boolean' ? brings : brings.toSorted(),
  };
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 12);
}

const byText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
