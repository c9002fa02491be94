import { type LocalRun, waitFor } from './local-run';

interface Mail {
  readonly to?: readonly string[];
  readonly text: string;
}

/** Invites somebody as a program does, by the provisioning API. Gives the id of the invitation. */
export async function invite(run: LocalRun, body: object): Promise<string> {
  const { ClientId, ClientSecret } = run.local.Service;
  const grant = { grant_type: 'client_credentials', client_id: ClientId, client_secret: ClientSecret };
  const asked = new URLSearchParams({
    ...grant,
    audience: 'https://punctual/dev',
    scope: 'write:invitations',
  });
  const token = await fetch(`${run.local.TenantUrl}/oauth/token`, { method: 'POST', body: asked });
  const { access_token } = (await token.json()) as { access_token: string };
  const answer = await fetch(`${run.outputs.ProvisioningApiUrl}invitations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { invitation } = (await answer.json()) as { invitation?: { id: string } };
  if (invitation === undefined) throw new Error(`the invitation was refused with ${answer.status}`);
  return invitation.id;
}

/** The link in the latest mail to an address. */
export async function linkTo(run: LocalRun, email: string): Promise<string> {
  const mail = await waitFor(`a mail to ${email}`, async () =>
    (await run.control<Mail[]>('GET', '/mails')).find(({ to = [] }) => to.includes(email)),
  );
  const pages = run.outputs.InvitationPageUrl ?? '';
  const link = mail.text.split(/\s/).find((word) => word.startsWith(`${pages}?invitation=`));
  if (link === undefined) throw new Error('the mail has no link');
  return link;
}
