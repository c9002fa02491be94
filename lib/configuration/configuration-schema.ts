import * as z from 'zod';
import { pascalCase } from '../pascal-case';
import { dialectProblems } from './dialect-invariants';
import { type EnvironmentConfiguration, environmentSchema } from './environment-schema';
import { grantProblems } from './grant-invariants';
import { withWorker } from './has-worker';
import { instanceProblems } from './instance-invariants';
import { jitProblems } from './jit-invariants';
import { jit } from './jit-schema';
import { login } from './login-schema';
import { userAttribute } from './mapping-schema';
import { mfa } from './mfa-schema';
import { orderProblems } from './order-invariants';
import { ALWAYS_SENT, ruleProblems } from './rule-invariants';
import { section, textLike } from './section';
import { selfServiceProblems } from './self-service-invariants';
import { systemName } from './system-name';
import { systemSchema } from './system-schema';

/** Attributes that fit into an event beside those that are always sent. */
const MAX_EMITTED_ATTRIBUTES = 34;
const NOT_TO_LIST = [...ALWAYS_SENT, 'blocked', 'identities'];
/** SNS counts each name in the filter of the quarantine, and takes 150 combinations in a filter. */
const MAX_SYSTEMS = 100;
const emittedAttribute = userAttribute.refine((name) => !NOT_TO_LIST.includes(name), {
  error: `none of ${NOT_TO_LIST.join(', ')}: they are always sent`,
});

const emit = section({
  attributes: z
    .array(emittedAttribute, { error: 'a list of user attributes' })
    .max(MAX_EMITTED_ATTRIBUTES, { error: `at most ${MAX_EMITTED_ATTRIBUTES} attributes` })
    .refine(isEachOnce, { error: 'each attribute once' })
    .default([])
    .describe('User attributes that the Actions send beside the ones they always send.'),
});

const environmentName = textLike(/^[a-z][a-z0-9-]{0,30}$/, 'a lower-case name such as dev or prod-eu');

function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

/** A tenant has one Action of ours, and that calls one stack: the people of the tenant would be sent to it alone. */
function refuseSharedTenants(
  environments: Readonly<Record<string, EnvironmentConfiguration>>,
  context: z.core.$RefinementCtx,
): void {
  const owners = new Map<string, string>();
  for (const [name, { tenant, domains }] of Object.entries(environments)) {
    const places = [['tenant'], ...domains.map((_, index) => ['domains', index])];
    [tenant, ...domains].forEach((domain, index) => {
      const owner = owners.get(domain);
      owners.set(domain, owner ?? name);
      if (owner === undefined) return;
      const message = `a ${index === 0 ? 'tenant' : 'domain'} of its own: this is the one of ${owner}`;
      const path = [name, ...(places[index] ?? [])];
      context.addIssue({ code: 'custom', path, message, params: { given: JSON.stringify(domain) } });
    });
  }
}

const notEmpty = (words: string) =>
  [(value: object) => Object.keys(value).length > 0, { error: words }] as const;

/** The single source of what punctual.config.ts may say: types, defaults, validation, reference. */
export const configurationSchema = section({
  environments: z
    .record(environmentName, environmentSchema, { error: 'an object with an environment per name' })
    .refine(...notEmpty('at least one environment'))
    .superRefine(refuseSharedTenants)
    .describe('By name; the first is what the commands take when none is named.'),
  emit: emit.prefault({}).describe('What the Auth0 Actions send.'),
  jit: jit
    .prefault({})
    .describe('Whether those who come by a connection get accounts. Who has an account keeps it.'),
  login: login.prefault({}).describe('What happens at a login.'),
  mfa: mfa
    .optional()
    .describe('When a second factor is asked for, by an Action of its own. There is none when left out.'),
  systems: z
    .record(systemName, systemSchema, { error: 'an object with a system per name' })
    .refine(...notEmpty('at least one system'))
    .refine((systems) => Object.keys(systems).length <= MAX_SYSTEMS, {
      error: `at most ${MAX_SYSTEMS} systems`,
    })
    .refine((systems) => isEachOnce(Object.keys(systems).map(pascalCase)), {
      error: 'names that still differ without their dashes, because the names of outputs have none',
    })
    .describe('By name; the name is part of every link and cannot change later.'),
}).superRefine((configuration, context) => {
  const { environments, emit, jit, systems } = configuration;
  const worked = withWorker(systems);
  for (const { path, given, allowed } of [
    ...ruleProblems({ emit, jit, systems: worked }),
    ...orderProblems({ systems }),
    ...jitProblems({ jit, systems }),
    ...instanceProblems({ emit, jit, systems: worked }),
    ...dialectProblems(worked),
    ...grantProblems({ environments, systems }),
    ...selfServiceProblems({ environments, systems: worked }),
  ]) {
    context.addIssue({ code: 'custom', path: [...path], message: allowed, params: { given } });
  }
});

type Written = z.input<typeof configurationSchema>;

/** One address, or several. */
type Addressed<System> = System extends { kind: 'scim'; instances?: infer Instances; country?: infer Country }
  ? Omit<System, 'baseUrl' | 'instances' | 'country'> &
      (
        | { baseUrl: string; instances?: undefined; country?: undefined }
        | { baseUrl?: undefined; instances: NonNullable<Instances>; country?: Country }
      )
  : System;

/** What a person writes. */
export type ConfigurationInput = Omit<Written, 'systems'> & {
  systems: { [name: string]: Addressed<Written['systems'][string]> };
};
/** The same with every default filled in. */
export type Configuration = z.output<typeof configurationSchema>;
