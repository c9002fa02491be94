import { randomBytes } from 'node:crypto';

/** Lets whoever holds it set the password of a user, once. */
export interface PasswordTicket {
  readonly userId: string;
  /** Where the browser goes afterwards. */
  readonly resultUrl?: string | undefined;
  /** The application to whose login it goes, instead. */
  readonly clientId?: string | undefined;
  /** Whoever holds it got it at the address, which is proved by that. */
  readonly marksVerified: boolean;
  /** Epoch ms. */
  readonly until: number;
}

export interface NewTicket extends Omit<PasswordTicket, 'until'> {
  /** @default five days */
  readonly ttlSeconds?: number | undefined;
}

/** Of Auth0. */
const USUAL_SECONDS = 432_000;

/** Where a ticket is shown, on the domain of the tenant. */
export const TICKET_PATH = '/u/reset-verify';

/** Tickets to set a password with, by the secret that is in their address. */
export class PasswordTickets {
  private readonly open = new Map<string, PasswordTicket>();

  /** @param now epoch ms */
  constructor(private readonly now: () => number) {}

  /** Gives its secret. Those that the user had before are over: Auth0 knows one of a user at a time. */
  make({ ttlSeconds = USUAL_SECONDS, ...ticket }: NewTicket): string {
    for (const [earlier, { userId }] of this.open) if (userId === ticket.userId) this.open.delete(earlier);
    const secret = randomBytes(32).toString('base64url');
    this.open.set(secret, { ...ticket, until: this.now() + ttlSeconds * 1000 });
    return secret;
  }

  /** Undefined for one that is over, was used or never was. */
  find(secret: string): PasswordTicket | undefined {
    const ticket = this.open.get(secret);
    return ticket !== undefined && ticket.until > this.now() ? ticket : undefined;
  }

  /** The ticket leads nowhere any more. */
  use(secret: string): PasswordTicket | undefined {
    const ticket = this.find(secret);
    this.open.delete(secret);
    return ticket;
  }
}
