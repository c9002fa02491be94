import type { FunnelOptions, OwnInvitation } from './funnel';

export interface InvitationsApiOptions {
  /** Of the provisioning API, with a slash at its end. */
  readonly apiUrl: string;
  /** Where the tenant gives out tokens. */
  readonly tokenUrl: string;
  /** A program that comes for itself. */
  readonly client: { readonly id: string; readonly secret: string };
  /** The API's name in the tenant. */
  readonly audience: string;
  /** Names of roles that everybody gets who comes by the funnel. */
  readonly roles: readonly string[];
}

/** The scope of whoever invites. */
export const INVITING = 'write:invitations';

/** Invites as a service of a team would, and shows people what their invitations brought. */
export function createInvitationsApi(
  options: InvitationsApiOptions,
): Pick<FunnelOptions, 'invite' | 'ofPerson'> {
  const { apiUrl, roles } = options;
  return {
    async invite({ email, isAhead }, funnelId) {
      const mode = isAhead ? { mode: 'precreate' } : {};
      const answer = await fetch(new URL('invitations', apiUrl), {
        method: 'POST',
        headers: {
          ...{ authorization: `Bearer ${await tokenOf(options)}`, 'content-type': 'application/json' },
          // Who asks again, as the answer was lost, invites nobody twice.
          'idempotency-key': funnelId,
        },
        body: JSON.stringify({ email, roles, data: { funnelId }, ...mode }),
      });
      if (answer.ok) return { ok: true };
      const { code, detail = '' } = (await answer.json()) as { code?: string; detail?: string };
      return { ok: false, words: `The API says ${code ?? answer.status} ${detail}`.trim() };
    },
    async ofPerson({ accessToken }) {
      const headers = { authorization: `Bearer ${accessToken}` };
      const answer = await fetch(new URL('me', apiUrl), { headers });
      if (!answer.ok) return [];
      return ((await answer.json()) as { invitations?: readonly OwnInvitation[] }).invitations ?? [];
    },
  };
}

async function tokenOf({ tokenUrl, client, audience }: InvitationsApiOptions): Promise<string> {
  const grant = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
  const body = new URLSearchParams({ ...grant, audience, scope: INVITING });
  const answer = await fetch(tokenUrl, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
