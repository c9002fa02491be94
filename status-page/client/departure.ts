import { rememberLeaving } from './memory';

/** A return token lasts a minute, and has to arrive within it. */
const TOKEN_MS = 50_000;
/** When nothing has come of going on for so long, the person may try again. */
const STUCK_MS = 10_000;

export interface DepartureDeps {
  readonly state: string;
  readonly now: () => number;
  readonly token: () => { readonly returnToken: string; readonly tokenAt: number };
  /** Asks for a newer token. False where there is no way on from here. */
  readonly renew: () => Promise<boolean>;
  readonly onStuck: () => void;
}

/** Leads back to the login by the form, once. */
export class Departure {
  gone = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly deps: DepartureDeps,
  ) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.leaveByHand();
    });
    // A redirect that the policy of the page forbids ends in silence.
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      if (effectiveDirective === 'form-action') this.stick();
    });
  }

  /** With a token that counts. Without one the page waits for it, as it asks for one over and over. */
  leaveByItself(): void {
    if (!this.gone && !this.isOld()) this.leave();
  }

  /** A person who wants to go on does, also with a token that the login takes for none. */
  private async leaveByHand(): Promise<void> {
    if (this.gone) return;
    this.gone = true;
    if (!this.isOld() || (await this.deps.renew())) this.leave();
    else this.gone = false;
  }

  private leave(): void {
    this.gone = true;
    (document.getElementById('token') as HTMLInputElement).value = this.deps.token().returnToken;
    rememberLeaving(this.deps.state);
    setTimeout(() => this.stick(), STUCK_MS);
    this.form.submit();
  }

  private isOld = () => this.deps.now() - this.deps.token().tokenAt > TOKEN_MS;

  private stick(): void {
    this.gone = false;
    this.deps.onStuck();
  }
}
