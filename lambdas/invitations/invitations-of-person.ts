import type { Invitation } from '../../events/invitations/invitation';
import type { InvitationPage, Invitations, RowKey } from './invitation-repository';

export interface Person {
  readonly userRef: string;
  /** Of the address that the profile has, where that is known. */
  readonly emailRef?: string | undefined;
}

type Deps = Pick<Invitations, 'ofUser' | 'ofEmail'>;

/** All invitations that a person redeemed, and those to their address that nobody else did. */
export async function invitationsOfPerson(deps: Deps, { userRef, emailRef }: Person): Promise<Invitation[]> {
  const own = await all((after) => deps.ofUser({ key: userRef, limit: PAGE, after }));
  const to =
    emailRef === undefined ? [] : await all((after) => deps.ofEmail({ key: emailRef, limit: PAGE, after }));
  const others = to.filter(({ redeemedBy = userRef }) => redeemedBy === userRef);
  return [...new Map([...own, ...others].map((row) => [row.id, row])).values()];
}

const PAGE = 100;

async function all(pageAfter: (after: RowKey | undefined) => Promise<InvitationPage>): Promise<Invitation[]> {
  const rows: Invitation[] = [];
  let after: RowKey | undefined;
  do {
    const page = await pageAfter(after);
    rows.push(...page.rows);
    after = page.after;
  } while (after !== undefined);
  return rows;
}

/** What is kept of an invitation about a person: without what only checks tokens and requests. */
export function keptOfInvitation(row: Invitation): Omit<Invitation, 'secrets' | 'idempotency'> {
  const { secrets: _secrets, idempotency: _idempotency, ...kept } = row;
  return kept;
}
