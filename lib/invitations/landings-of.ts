import type { InvitationsConfiguration } from '../configuration/invitations-schema';

/** By the name of each application: what people read of it, and where they are led. */
export function landingsOf({
  applications,
}: InvitationsConfiguration): Record<string, { readonly label: string; readonly loginUri: string }> {
  const landings = Object.entries(applications).map(([name, { loginUri, label = name }]) => [
    name,
    { label, loginUri },
  ]);
  return Object.fromEntries(landings);
}
