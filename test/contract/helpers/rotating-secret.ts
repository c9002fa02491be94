import type { BearerToken } from '../../../lambdas/auth/bearer-token';

/** A secret that a stand-in takes, and what a connector knows of it. */
export class RotatingSecret {
  private known: string;

  constructor(
    private secret: string,
    private readonly announce: (secret: string) => Promise<void>,
  ) {
    this.known = secret;
  }

  /** What the stand-in takes. */
  get current(): string {
    return this.secret;
  }

  /** As secrets are read: what is known, until somebody wants to know it anew. */
  readonly read: BearerToken = async (refused) => {
    if (refused !== undefined) this.known = this.secret;
    return this.known;
  };

  async rotate(): Promise<void> {
    this.secret = `${this.secret}+`;
    await this.announce(this.secret);
  }
}
