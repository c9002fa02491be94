import type { ConfigurationInput } from '../../lib/configuration';
import { type SizedTemplate, synthesizeTemplates } from './synthesize-templates';

/** As long as a name may be. */
const nameOf = (kind: string, index: number) =>
  `${kind}-${String(index).padStart(2, '0')}`.padEnd(31, '-long-name');

/** Thirty systems of each kind, each with a name of 31 characters and as many attributes as are usual. */
function sixtySystems(): ConfigurationInput['systems'] {
  const thirty = Array.from({ length: 30 }, (_, index) => index);
  const scim = thirty.map((index) => {
    const baseUrl = `https://accounts-of-the-system-number-${index}.example.com/a/path/scim/v2`;
    return [nameOf('scim', index), { kind: 'scim', baseUrl }] as const;
  });
  const profile = thirty.map((index) => {
    const attributes = ['email', 'email_verified', 'username', 'given_name', 'family_name', 'nickname'];
    const defaults = { preferredCategories: [], newsletter: false, language: 'en' };
    return [nameOf('profile', index), { kind: 'profile', attributes, defaults }] as const;
  });
  return Object.fromEntries([...scim, ...profile]);
}

export const sixtySystemsTemplates = (): SizedTemplate[] => synthesizeTemplates(sixtySystems());
