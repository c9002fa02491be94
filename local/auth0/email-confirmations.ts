import { randomBytes } from 'node:crypto';
import type { Profile } from './tenant-users';

/** Where the link of a mail confirms an address, on the domain of the tenant. */
export const CONFIRMATION_PATH = '/u/email-verification';

/** What somebody is sent who signed up with a password. */
export interface ConfirmationMail {
  readonly to: string;
  readonly link: string;
}

interface Asked {
  readonly userId: string;
  readonly email: string;
}

/** The links by which people show that the address is theirs with which they signed up. */
export class EmailConfirmations {
  private readonly asked = new Map<string, Asked>();

  /** @param tenantUrl without a slash at its end */
  constructor(
    private readonly tenantUrl: string,
    private readonly send: (mail: ConfirmationMail) => void,
  ) {}

  /** Sends the mail. */
  ask(userId: string, email: string): void {
    const ticket = randomBytes(32).toString('base64url');
    this.asked.set(ticket, { userId, email });
    this.send({
      to: email,
      link: `${this.tenantUrl}${CONFIRMATION_PATH}?${new URLSearchParams({ ticket })}`,
    });
  }

  /** Whom a link is of, as long as they have the address that it went to. It may be followed again. */
  find(ticket: string, users: { find(userId: string): Profile | undefined }): string | undefined {
    const asked = this.asked.get(ticket);
    return asked && users.find(asked.userId)?.email === asked.email ? asked.userId : undefined;
  }
}
