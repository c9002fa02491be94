import type { InvitationViewKind } from '../invitation-view';

export interface KindWords {
  readonly heading: string;
  readonly lead: string;
}

/** Everything that the pages say, in one language. What is in braces is filled in. */
export interface Words {
  /** `{application}` where the invitation leads to. */
  readonly kinds: Readonly<Record<InvitationViewKind, KindWords>>;
  /** The lead of the accept page for who is signed in. */
  readonly signedIn: string;
  readonly facts: { readonly boundTo: string; readonly roles: string; readonly until: string };
  readonly person: string;
  readonly unfinished: string;
  readonly reassurance: string;
  readonly buttons: {
    readonly accept: string;
    /** For who is signed in. */
    readonly acceptAs: string;
    readonly other: string;
    readonly again: string;
    readonly go: string;
    readonly signIn: string;
  };
  /** What comes after it, for who sees no motion. */
  readonly news: { readonly lost: string };
}
