import type { DemoUser } from './demo-session';

/** The id of a person's account in a system, or why there is none; in words for the page. */
export type FoundAccount =
  | { readonly kind: 'found'; readonly accountId: string }
  | { readonly kind: 'none'; readonly words: string };

export type FindAccount = (user: DemoUser) => Promise<FoundAccount>;

interface Answer {
  readonly link?: { readonly accountId?: string };
  readonly code?: string;
  readonly detail?: string;
}

/**
 * Asks for the account with the person's own token, and waits until it is there: it is made on the spot for whoever has
 * none.
 *
 * @param apiUrl of the provisioning API, with a slash at its end
 */
export function askForAccount(apiUrl: string, system: string): FindAccount {
  return async ({ accessToken }) => {
    const answer = await fetch(new URL(`me/links/${system}`, apiUrl), {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${accessToken}`,
        prefer: 'wait=10',
        'content-type': 'application/json',
      },
      body: '{}',
    });
    const { link, code, detail } = (await answer.json()) as Answer;
    if (answer.status === 200 && link?.accountId !== undefined) {
      return { kind: 'found', accountId: link.accountId };
    }
    if (answer.status === 202) return { kind: 'none', words: 'The account is still being made: try again.' };
    return { kind: 'none', words: `There is no account: ${detail ?? code ?? answer.status}` };
  };
}

/**
 * Looks into the system itself, where there is no API to ask.
 *
 * @param systemUrl its SCIM endpoint
 */
export function lookUpAccount(systemUrl: string, externalIdOf: (userId: string) => string): FindAccount {
  return async ({ userId }) => {
    const filter = `externalId eq ${JSON.stringify(externalIdOf(userId))}`;
    const answer = await fetch(`${systemUrl}/Users?${new URLSearchParams({ filter })}`);
    const { Resources: found = [] } = (await answer.json()) as { Resources?: { readonly id: string }[] };
    const [account] = found;
    if (account !== undefined) return { kind: 'found', accountId: account.id };
    return { kind: 'none', words: 'The tickets system does not know this person yet.' };
  };
}
