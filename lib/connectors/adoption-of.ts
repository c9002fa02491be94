import type { SystemConfiguration } from '../configuration';

const NOBODY = { correlate: [], adopt: false, trustVerifiedEmailFrom: { strategies: [], connections: [] } };

/** What a worker may take over, as JSON: nobody in a system of a kind that has no rules. */
export function adoptionOf(configuration: SystemConfiguration): string {
  const { correlate, adopt, trustVerifiedEmailFrom } = 'correlate' in configuration ? configuration : NOBODY;
  return JSON.stringify({ correlate, adopt, trustVerifiedEmailFrom });
}
