import type { TenantConnection } from './tenant-parts';

/** Those that every local tenant has. */
const USUAL: readonly (readonly [name: string, strategy: string])[] = [
  ['Username-Password-Authentication', 'auth0'],
  ['google-oauth2', 'google-oauth2'],
  ['github', 'github'],
  ['acme-saml', 'samlp'],
];

/** Social connections are called as their strategy; any other that a configuration may name is an enterprise's. */
const SOCIAL: ReadonlySet<string> = new Set([
  ...['google-oauth2', 'github', 'apple', 'facebook', 'linkedin', 'twitter', 'windowslive', 'bitbucket'],
]);

/** @param named further ones, as the configuration names them */
export function connectionsOf(named: readonly string[] = []): TenantConnection[] {
  const usual = USUAL.map(([name]) => name);
  const further = [...new Set(named)].filter((name) => !usual.includes(name));
  const all = [...USUAL, ...further.map((name) => [name, SOCIAL.has(name) ? name : 'samlp'] as const)];
  return all.map(([name, strategy], index) => ({ id: `con_${index + 1}`, name, strategy }));
}
