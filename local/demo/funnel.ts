import { randomBytes } from 'node:crypto';
import type { DemoUser } from './demo-session';

/** What a visitor said who has no account yet. */
export interface Wish {
  readonly email: string;
  readonly wish: string;
  /** Has the user made ahead. */
  readonly isAhead: boolean;
}

/** What became of an invitation that was asked for; in words for the page. */
export type Invited = { readonly ok: true } | { readonly ok: false; readonly words: string };

/** An invitation that a person accepted, as the provisioning API tells them. */
export interface OwnInvitation {
  readonly roles: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

export interface FunnelOptions {
  /** Invites somebody; the same funnel id is the same invitation. */
  readonly invite: (wish: Wish, funnelId: string) => Promise<Invited>;
  readonly ofPerson: (user: DemoUser) => Promise<readonly OwnInvitation[]>;
  /** Where mails end in the local run. */
  readonly outboxUrl: string;
}

/** A conversion funnel: it keeps what visitors say, and an invitation carries no more of it than an id. */
export class Funnel {
  private readonly wishes = new Map<string, Wish>();

  constructor(readonly options: FunnelOptions) {}

  async take(wish: Wish): Promise<Invited> {
    const id = randomBytes(12).toString('base64url');
    this.wishes.set(id, wish);
    return this.options.invite(wish, id);
  }

  /** What a person sent before they had an account, found by what their invitations brought. */
  async wishesOf(user: DemoUser): Promise<readonly string[]> {
    const invitations = await this.options.ofPerson(user);
    return invitations.flatMap(({ data }) => this.wishes.get(String(data.funnelId))?.wish ?? []);
  }
}
