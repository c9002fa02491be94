import type { EnvironmentConfiguration } from './environment-schema';
import type { Problem } from './rule-invariants';
import type { AnySystemConfiguration } from './system-schema';

interface Granting {
  readonly environments: Readonly<Record<string, Pick<EnvironmentConfiguration, 'invitations'>>>;
  readonly systems: Readonly<Record<string, AnySystemConfiguration>>;
}

/** What is wrong with who gives people what their invitations bring. */
export function grantProblems({ environments, systems }: Granting): Problem[] {
  const all = Object.entries(systems);
  const [first, ...others] = all.filter(([, { kind }]) => kind === 'auth0').map(([name]) => name);
  const ofNames = all
    .filter(([name, { kind }]) => name === 'auth0' && kind !== 'auth0')
    .map(([name, { kind }]) => ({
      path: ['systems', name, 'kind'],
      given: JSON.stringify(kind),
      allowed: "'auth0', or another name: this one would be taken for the tenant",
    }));
  return [
    ...ofNames,
    ...others.map((name) => ({
      path: ['systems', name, 'kind'],
      given: "'auth0'",
      allowed: `once: ${first} is the tenant already`,
    })),
    ...Object.entries(environments)
      .filter(([, { invitations }]) => invitations !== undefined && systems[first ?? '']?.state !== 'active')
      .map(([name]) => ({
        path: ['environments', name, 'invitations'],
        given: 'invitations',
        allowed: "only with a system of the kind 'auth0', which gives people what they bring",
      })),
  ];
}
