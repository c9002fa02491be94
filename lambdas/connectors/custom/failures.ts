import { RejectedError, RetryableError } from '../connector';

/** A word of yours is repeated in logs, and an answer of the system may be about somebody. */
const PLAIN_WORD = /^[a-z0-9]+(?:-[a-z0-9]+){0,9}$/;

/** The system will never take this account as it is: the message is parked with `remote-rejected`. */
export class AccountRefused extends RejectedError {
  /** @param reason such as `no-seat-left`: words of the connector and not of the system, in kebab-case */
  constructor(reason?: string) {
    super('remote-rejected', reason !== undefined && PLAIN_WORD.test(reason) ? reason : undefined);
  }
}

/** The system cannot do it now: the message comes back, with `remote-unavailable`. */
export class TryLater extends RetryableError {
  /** @param afterSeconds what the system asked for; our own backoff is never shorter */
  constructor(afterSeconds?: number) {
    const isTime = typeof afterSeconds === 'number' && afterSeconds >= 0 && Number.isFinite(afterSeconds);
    super('remote-unavailable', isTime ? afterSeconds * 1_000 : undefined);
  }
}

/** The system said what makes no sense: the message comes back, with `remote-invalid-answer`. */
export class SenselessAnswer extends RetryableError {
  constructor() {
    super('remote-invalid-answer');
  }
}
