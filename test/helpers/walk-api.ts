import { pathOfUser } from '../../lambdas/provisioning-api/user-path';
import { signUp } from './walk-events';
import { linkedEverywhere } from './walk-progress';
import { addressOf, REMOTE, type WalkedRun } from './walked-run';

/** Has the provisioning API make an account for somebody whom nobody told of. */
export async function askForAccount({ run, tokens }: WalkedRun, user: string): Promise<Response> {
  const created_at = new Date(Date.now() - 60_000).toISOString();
  const said = { created_at, email: addressOf(user), username: user.replace(/\W/g, '-') };
  const audience = { aud: 'https://punctual/dev', scope: 'write:me' };
  const came = { name: 'Username-Password-Authentication', strategy: 'auth0' };
  const claims = { 'https://punctual.dev/user': said, 'https://punctual.dev/connection': came };
  const token = await tokens.sign({ ...audience, ...claims, sub: user });
  const headers = { authorization: `Bearer ${token}`, prefer: 'wait=20' };
  return fetch(`${run.outputs.ProvisioningApiUrl}me/links/${REMOTE}`, { method: 'PUT', headers });
}

/** Has it change something of somebody whom the tenant knows. */
export async function changeOwn(walked: WalkedRun): Promise<Response> {
  const { run, tokens } = walked;
  const user = await signUp(walked);
  await linkedEverywhere(walked, user);
  const token = await tokens.sign({ aud: 'https://punctual/dev', scope: 'write:me', sub: user });
  return fetch(`${run.outputs.ProvisioningApiUrl}me`, {
    ...{ method: 'PATCH', body: '{"user_metadata":{"theme":"dark"}}' },
    headers: { authorization: `Bearer ${token}` },
  });
}

/** Has it list links as an administrator does. */
export const listHeld = (walked: WalkedRun): Promise<Response> =>
  administer(walked, 'read:links', 'GET', `links?system=${REMOTE}&state=held`);

/** Has it erase somebody. */
export const erase = (walked: WalkedRun, user: string): Promise<Response> =>
  administer(walked, 'erase:users', 'POST', `users/${pathOfUser(user)}/erasure`);

/** Asks the API as a program of an administrator does. */
export async function administer(
  { run, tokens }: WalkedRun,
  scope: string,
  method: string,
  path: string,
  body?: object,
): Promise<Response> {
  const program = { aud: 'https://punctual/dev', sub: 'tool@clients', azp: 'tool' };
  const headers = { authorization: `Bearer ${await tokens.sign({ ...program, scope })}` };
  const sent = body !== undefined && { body: JSON.stringify(body) };
  return fetch(`${run.outputs.ProvisioningApiUrl}${path}`, { method, headers, ...sent });
}
