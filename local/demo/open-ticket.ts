import type { DemoUser } from './demo-session';
import type { FindAccount } from './find-account';

/**
 * Opens a ticket as the account that the person has in the tickets system. Gives words for the page.
 *
 * @param systemUrl any address at the system
 */
export async function openTicket(
  systemUrl: string,
  findAccount: FindAccount,
  { user, subject }: { readonly user: DemoUser; readonly subject: string },
): Promise<string> {
  const account = await findAccount(user);
  if (account.kind === 'none') return account.words;
  const answer = await fetch(new URL('/tickets', systemUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ requester: account.accountId, subject }),
  });
  if (answer.status !== 201) return `The tickets system says ${answer.status}.`;
  const { id } = (await answer.json()) as { id: string };
  return `Ticket ${id} was opened for account ${account.accountId}.`;
}
