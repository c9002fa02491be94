import type { MailKind } from '../mail-view';

/** What a mail of one kind says. `{sender}` and `{application}` are filled in. */
export interface KindWords {
  /** Where the one who invites has a name, and where not. */
  readonly subject: readonly [named: string, nameless: string];
  readonly heading: string;
  readonly lead: string;
  readonly button: string;
  /** What whoever did not expect the mail reads. */
  readonly unexpected: string;
}

/** Everything that mails say, in one language. */
export interface Words {
  readonly kinds: Readonly<Record<MailKind, KindWords>>;
  readonly bound: string;
  /** `{date}` is in UTC. */
  readonly validUntil: string;
  readonly personal: string;
  /** Before the address of the button, for who cannot press it. */
  readonly address: string;
}
