import { LIMITS } from '../../../events/event-limits';
import { readText } from '../../../events/read-value';
import type { ManagementApi, Profile } from '../../auth0/management-api';
import { comparedAddress } from '../email-ref';
import { expected } from './expected';

/** A profile whose id is known to be one. */
export interface KnownProfile extends Profile {
  readonly user_id: string;
}

/**
 * Everybody in Auth0 with an address, in lower case as databases keep it and as it was typed: providers write it as they
 * like, and Auth0 tells letters apart by their case. Throws where Auth0 does not say.
 */
export async function usersAt(
  { usersByEmail }: Pick<ManagementApi, 'usersByEmail'>,
  email: string,
): Promise<readonly KnownProfile[]> {
  const spellings = [...new Set([comparedAddress(email), email.trim()])];
  const answers = await Promise.all(spellings.map(usersByEmail));
  const found = answers.flatMap(expected).filter(isKnown);
  // Of nobody else, whoever answered.
  const theirs = found.filter(
    (profile) => comparedAddress(readText(profile, 'email', LIMITS.email) ?? '') === comparedAddress(email),
  );
  return [...new Map(theirs.map((profile) => [profile.user_id, profile])).values()];
}

const isKnown = (profile: Profile): profile is KnownProfile => typeof profile.user_id === 'string';
