import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Reads secrets. A read that fails throws; a value is never guessed. */
export interface Secrets {
  /** The text of a secret, at most {@link MAX_AGE_MS} old. */
  read(arn: string): Promise<string>;
  /** The text as it is now, read again unless that happened within the last minute. */
  reread(arn: string): Promise<string>;
}

/** A rotated secret is seen after this time at the latest. */
const MAX_AGE_MS = 5 * 60_000;
/** A flood of bad signatures must not become a flood of reads. */
const MIN_AGE_MS = 60_000;

interface Entry {
  readonly text: Promise<string>;
  readonly readAt: number;
}

export function createSecrets(fetchText: (arn: string) => Promise<string>, now: () => number): Secrets {
  const entries = new Map<string, Entry>();
  const readOlderThan = (arn: string, ageMs: number): Promise<string> => {
    const known = entries.get(arn);
    if (known !== undefined && now() - known.readAt < ageMs) return known.text;
    // The promise is kept, not the text: a batch of ten asks once.
    const entry = { text: fetchText(arn), readAt: now() };
    entries.set(arn, entry);
    entry.text.catch(() => restore(arn, entry, known));
    return entry.text;
  };
  // A text that could not be read again is still the best there is, until it is too old.
  const restore = (arn: string, failed: Entry, known: Entry | undefined): void => {
    if (entries.get(arn) !== failed) return;
    if (known === undefined) entries.delete(arn);
    else entries.set(arn, known);
  };
  return { read: (arn) => readOlderThan(arn, MAX_AGE_MS), reread: (arn) => readOlderThan(arn, MIN_AGE_MS) };
}

/** Reads the text of a secret from AWS Secrets Manager. */
export function fetchSecretWith(client: SecretsManagerClient): (arn: string) => Promise<string> {
  return async (arn) => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (SecretString === undefined || SecretString === '') throw new Error('The secret has no text.');
    return SecretString;
  };
}
