import { readValue } from '../read-value';

/** `app_metadata.status` of a user who was made for an invitation and never logged in. */
export const INVITED = 'invited';

/** Where the profile says of us what an invitation left there: its id, or the handle of a login. */
export const KEPT_INVITATION = 'punctual_invitation';

/** What the profile of a user holds who is made for an invitation, until their first login. */
export const metadataOfInvited = (invitationId: string): Readonly<Record<string, unknown>> => ({
  status: INVITED,
  [KEPT_INVITATION]: { id: invitationId },
});

/** The invitation that a user was made for; undefined of everybody else. */
export function invitationOfInvited(profile: unknown): string | undefined {
  if (readValue(profile, 'app_metadata.status') !== INVITED) return undefined;
  const id = readValue(profile, `app_metadata.${KEPT_INVITATION}.id`);
  return typeof id === 'string' ? id : undefined;
}

/** Whether a profile of Auth0 says that its user came. One who never did has neither. */
export const hasLoggedIn = (profile: unknown): boolean =>
  (readValue(profile, 'logins_count') ?? 0) !== 0 || readValue(profile, 'last_login') !== undefined;

/** What takes the mark from a profile whose user came; a handle that waits for their next login stays. */
export function metadataOfCome(profile: unknown): Readonly<Record<string, unknown>> {
  const kept = readValue(profile, `app_metadata.${KEPT_INVITATION}`);
  const { id: _id, ...handle } = ((typeof kept === 'object' && kept) || {}) as { readonly id?: unknown };
  return { status: null, [KEPT_INVITATION]: Object.keys(handle).length === 0 ? null : handle };
}
