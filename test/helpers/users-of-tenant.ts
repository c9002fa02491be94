import type { LocalRun } from './local-run';

/** Asks the tenant itself, by its Management API. @param path such as `users/auth0%7C1` */
async function askTenant<T>(run: LocalRun, path: string): Promise<T> {
  const { Url, Domain, ClientId, ClientSecret } = run.local.ManagementApi;
  const grant = { grant_type: 'client_credentials', audience: `https://${Domain}/api/v2/` };
  const client = { client_id: ClientId, client_secret: ClientSecret };
  const body = new URLSearchParams({ ...grant, ...client });
  const answer = await fetch(`${Url}/oauth/token`, { method: 'POST', body });
  const { access_token } = (await answer.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  return (await (await fetch(`${Url}/api/v2/${path}`, { headers })).json()) as T;
}

/** Whoever has the address there. */
export const usersAt = <T extends object>(run: LocalRun, email: string): Promise<readonly T[]> =>
  askTenant(run, `users-by-email?${new URLSearchParams({ email })}`);
