import type { Person } from '../invitations-of-person';
import type { InvitationDeps } from './invitation-deps';

/** A user as invitations know them. Their address is that of the profile now, if Auth0 says so. */
export async function personOf(
  { emailOf, emailRefOf }: Pick<InvitationDeps, 'emailOf' | 'emailRefOf'>,
  userId: string,
  userRef: string,
): Promise<Person> {
  const email = await emailOf(userId).catch(() => undefined);
  return { userRef, ...(email !== undefined && { emailRef: await emailRefOf(email) }) };
}
