import { type LocalRun, waitFor } from './local-run';

interface Mail {
  readonly to?: readonly string[];
  readonly text: string;
}

/** An access token of a program for the provisioning API. @param scope scopes, with a space between them */
export async function programsToken(run: LocalRun, scope: string): Promise<string> {
  const { TenantUrl, Service } = run.local;
  const client = { client_id: Service.ClientId, client_secret: Service.ClientSecret };
  const grant = { grant_type: 'client_credentials', audience: 'https://punctual/dev', scope };
  const body = new URLSearchParams({ ...client, ...grant });
  const answer = await fetch(`${TenantUrl}/oauth/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** Invites somebody as a program does, by the provisioning API. Gives the id of the invitation. */
export async function invite(run: LocalRun, body: object): Promise<string> {
  const token = await programsToken(run, 'write:invitations');
  const answer = await fetch(`${run.outputs.ProvisioningApiUrl}invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { invitation } = (await answer.json()) as { invitation?: { id: string } };
  if (invitation === undefined) throw new Error(`the invitation was refused with ${answer.status}`);
  return invitation.id;
}

/** The link in the latest mail to an address that has one. */
export async function linkTo(run: LocalRun, email: string): Promise<string> {
  const start = `${run.outputs.InvitationPageUrl}?invitation=`;
  // Whoever signs up with a password gets another mail, which asks them to confirm their address.
  return waitFor(`an invitation to ${email}`, async () => {
    const mails = await run.control<Mail[]>('GET', '/mails');
    const words = mails.filter(({ to = [] }) => to.includes(email)).flatMap(({ text }) => text.split(/\s/));
    return words.find((word) => word.startsWith(start));
  });
}
