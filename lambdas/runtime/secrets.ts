import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** What was read, and the epoch ms at which its reading began. */
export interface Reading {
  readonly text: string;
  readonly readAt: number;
}

/** Reads secrets. A read that fails throws; a value is never guessed. */
export interface Secrets {
  /** The text of a secret, at most {@link MAX_AGE_MS} old. */
  read(arn: string): Promise<Reading>;
  /** The text as it is now, read again unless that was tried within the last {@link REREAD_AFTER_MS}. */
  reread(arn: string): Promise<Reading>;
}

/** A rotated secret is seen after this time at the latest. */
const MAX_AGE_MS = 5 * 60_000;
/** A flood of bad signatures must not become a flood of reads. */
export const REREAD_AFTER_MS = 60_000;

interface Entry {
  readonly reading: Promise<Reading>;
  readonly readAt: number;
  /** When it was last tried to read the text again; `readAt` when that succeeded. */
  readonly triedAt: number;
}

export function createSecrets(fetchText: (arn: string) => Promise<string>, now: () => number): Secrets {
  const entries = new Map<string, Entry>();
  const fetch = (arn: string, known: Entry | undefined): Promise<Reading> => {
    const readAt = now();
    // The promise is kept, not the text: a batch of ten asks once.
    const reading = fetchText(arn).then((text) => ({ text, readAt }));
    const entry = { reading, readAt, triedAt: readAt };
    entries.set(arn, entry);
    reading.catch(() => restore(arn, entry, known));
    return reading;
  };
  // A text that could not be read again is still the best there is, until it is too old.
  const restore = (arn: string, failed: Entry, known: Entry | undefined): void => {
    if (entries.get(arn) !== failed) return;
    if (known === undefined) entries.delete(arn);
    else entries.set(arn, { ...known, triedAt: failed.triedAt });
  };
  const readUnless = (arn: string, isFine: (known: Entry) => boolean): Promise<Reading> => {
    const known = entries.get(arn);
    return known !== undefined && isFine(known) ? known.reading : fetch(arn, known);
  };
  const isYoung = ({ readAt }: Entry) => now() - readAt < MAX_AGE_MS;
  return {
    read: (arn) => readUnless(arn, isYoung),
    reread: (arn) => readUnless(arn, (known) => isYoung(known) && now() - known.triedAt < REREAD_AFTER_MS),
  };
}

/** Reads the text of a secret from AWS Secrets Manager. */
export function fetchSecretWith(client: SecretsManagerClient): (arn: string) => Promise<string> {
  return async (arn) => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString === undefined || SecretString === '') throw new Error('The secret has no text.');
    return SecretString;
  };
}
