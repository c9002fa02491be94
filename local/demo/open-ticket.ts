/** How a ticket came about, or why it did not. */
export type TicketAnswer =
  | { readonly kind: 'opened'; readonly id: string; readonly accountId: string }
  | { readonly kind: 'refused'; readonly words: string };

interface Account {
  readonly id: string;
}

/**
 * Opens a ticket in the tickets system as the account that the person has there.
 *
 * @param systemUrl its SCIM endpoint
 */
export async function openTicket(
  systemUrl: string,
  externalId: string,
  subject: string,
): Promise<TicketAnswer> {
  const accountId = await findAccount(systemUrl, externalId);
  if (accountId === undefined) {
    return { kind: 'refused', words: 'The tickets system does not know this person yet.' };
  }
  const answer = await fetch(new URL('/tickets', systemUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requester: accountId, subject }),
  });
  if (answer.status !== 201) return { kind: 'refused', words: `The tickets system says ${answer.status}.` };
  const { id } = (await answer.json()) as { id: string };
  return { kind: 'opened', id, accountId };
}

async function findAccount(systemUrl: string, externalId: string): Promise<string | undefined> {
  const filter = `externalId eq ${JSON.stringify(externalId)}`;
  const answer = await fetch(`${systemUrl}/Users?${new URLSearchParams({ filter })}`);
  if (!answer.ok) return undefined;
  const { Resources: found } = (await answer.json()) as { Resources: Account[] };
  return found[0]?.id;
}
