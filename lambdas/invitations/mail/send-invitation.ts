import type { MailCode } from '../../../events/codes';
import type { Invitation } from '../../../events/invitations/invitation';
import type { SendMessage } from '../../../events/invitations/mail-message';
import { renderMail } from '../../../invitation-mail/render-mail';
import { changeInvitation } from '../change-invitation';
import type { Invitations } from '../invitation-repository';
import { isOpenAt } from '../is-open-at';
import type { Prepared } from '../precreate/prepare';
import type { InvitationRing } from '../token/invitation-ring';
import { newToken } from '../token/token';
import { mailOf, withMail, withoutSecret, withSecret } from '../transitions';
import { isOneAddress } from './header-address';
import { again, done, type MailOutcome, parked } from './mail-outcome';
import type { MailSettings } from './mail-settings';
import { type Leading, mailViewOf } from './mail-view-of';
import { MailError, type Mailer } from './mailer';

export interface SendDeps {
  readonly invitations: Pick<Invitations, 'get' | 'replace'>;
  readonly ring: () => Promise<InvitationRing>;
  /** Of the mode `precreate`. Asked again for the same invitation it does nothing twice. */
  readonly prepare: (row: Invitation, requestId: string) => Promise<Prepared>;
  readonly mailer: Mailer;
  readonly settings: MailSettings;
  /** Of the accept pages, with its trailing slash. */
  readonly pageUrl: string;
  /** Epoch ms. */
  readonly now: () => number;
}

/** As the mode `link` does. */
const FALLBACK: Prepared = { outcome: 'fallback' };

/**
 * Sends the mail of one sending. SES knows no key by which it would send once: where its answer is lost, or ours to the
 * queue, another mail follows, and the links of both lead on.
 */
export async function sendInvitation(
  deps: SendDeps,
  { id, sending }: SendMessage,
  requestId: string,
): Promise<MailOutcome> {
  const row = await deps.invitations.get(id);
  if (row === undefined || !isWanted(row, sending, deps.now())) return done('mail-not-wanted');
  const { email } = row;
  if (email === undefined) return done('mail-not-wanted');
  if (!isOneAddress(email)) return settle(deps, row, 'mail-address-refused', done('mail-address-refused'));
  const prepared = row.mode === 'precreate' ? await deps.prepare(row, requestId) : FALLBACK;
  switch (prepared.outcome) {
    case 'closed':
      return done('mail-not-wanted');
    case 'finalized':
      return send(deps, row, { email, to: { kind: 'finalized' } });
    case 'ticket':
      return send(deps, row, { email, to: { kind: 'prepared', link: prepared.link } });
    case 'fallback':
      return sendLink(deps, row, email);
  }
}

/** What was finalized at once is redeemed before its mail is out. */
function isWanted(row: Invitation, sending: number, now: number): boolean {
  const isFor = isOpenAt(row, now) || (row.state === 'redeemed' && row.precreation === 'finalized');
  return isFor && row.sending === sending && !isOut(row);
}

const isOut = ({ mail }: Invitation): boolean =>
  mail !== undefined && mail.state !== 'queued' && mail.state !== 'failed';

async function sendLink(deps: SendDeps, { id, sending }: Invitation, email: string): Promise<MailOutcome> {
  const { token, kept } = newToken(id, await deps.ring());
  const noted = await changeInvitation(deps.invitations, id, (row) =>
    withSecret(row, kept, sending, deps.now()),
  );
  if (!noted.ok) return done('mail-not-wanted');
  const to = { kind: 'invitation', token, pageUrl: deps.pageUrl } as const;
  return send(deps, noted.row, { email, to, hash: kept.hash });
}

interface Letter {
  readonly email: string;
  readonly to: Leading;
  /** Of the token in it. */
  readonly hash?: string;
}

async function send(deps: SendDeps, row: Invitation, { email, to, hash }: Letter): Promise<MailOutcome> {
  const { id: invitation, sending } = row;
  const mail = renderMail(mailViewOf(row, to, deps.settings));
  try {
    await deps.mailer({ ...mail, to: email, invitation, sending });
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return notSent(deps, row, error, hash);
  }
  return settle(deps, row, undefined, done('mail-sent'));
}

async function notSent(
  deps: SendDeps,
  row: Invitation,
  { code, mayBeOut }: MailError,
  hash: string | undefined,
): Promise<MailOutcome> {
  // Nobody has that link. Of many tries the oldest hash makes room, and that may be of a mail that did go out.
  if (!mayBeOut && hash !== undefined)
    await changeInvitation(deps.invitations, row.id, (found) => withoutSecret(found, hash));
  if (code === 'mail-address-refused') return settle(deps, row, code, done(code));
  if (code === 'mail-rejected') return settle(deps, row, code, parked(code));
  return again(code);
}

/** Notes what became of the mail, unless SES told more of it meanwhile. */
export async function settle(
  { invitations, now }: Pick<SendDeps, 'invitations' | 'now'>,
  { id, sending }: Pick<Invitation, 'id' | 'sending'>,
  failure: MailCode | 'retries-exhausted' | undefined,
  outcome: MailOutcome,
): Promise<MailOutcome> {
  const mail = failure === undefined ? mailOf('sent', now()) : mailOf('failed', now(), failure);
  await changeInvitation(invitations, id, (row) => (isOut(row) ? undefined : withMail(row, mail, sending)));
  return outcome;
}
