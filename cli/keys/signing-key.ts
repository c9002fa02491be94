import type { OurIssuer } from '../../events/issuers';
import { newestKey, newestKeys, parseKeys, type SigningKey } from '../../events/key-ring';
import { SECRET_PREFIX } from '../../events/signature';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';

/** All keys that events may be signed with, and the text that holds them. */
export interface KeyRing {
  readonly arn: string;
  readonly text: string;
  readonly keys: readonly SigningKey[];
}

/** The output with the secret of each issuer. */
export const SECRET_OUTPUTS: Readonly<Record<OurIssuer, string>> = {
  actions: 'SigningSecretArn',
  'event-stream': 'EventStreamSecretArn',
  punctual: 'PunctualSecretArn',
};

/** Fails with `bad-signing-secret`. */
export async function readKeyRing(
  deps: Pick<Deps, 'outputs' | 'secrets'>,
  issuer: OurIssuer = 'actions',
): Promise<KeyRing> {
  return readRing(deps, SECRET_OUTPUTS[issuer]);
}

/** The keys in the secret that an output names. Fails with `bad-signing-secret`. */
export async function readRing(deps: Pick<Deps, 'outputs' | 'secrets'>, output: string): Promise<KeyRing> {
  const arn = outputOf(await deps.outputs(), output);
  const text = await (await deps.secrets()).read(arn);
  return { arn, text, keys: parseRing(text) };
}

/** The secret to sign with, `whsec_` + base64: that of the newest key. */
export async function readSigningSecret(
  deps: Pick<Deps, 'outputs' | 'secrets' | 'now'>,
  issuer: OurIssuer = 'actions',
): Promise<string> {
  const secret = newestOf(await readKeyRing(deps, issuer), deps.now());
  return secret.startsWith(SECRET_PREFIX) ? secret : `${SECRET_PREFIX}${secret}`;
}

/** The text of the newest key of a ring with which no events are signed. Fails with `bad-signing-secret`. */
export async function newestKeyText(
  deps: Pick<Deps, 'outputs' | 'secrets' | 'now'>,
  output: string,
): Promise<string> {
  return newestOf(await readRing(deps, output), deps.now());
}

/** The texts of all keys of such a ring that are good now, the newest first. Fails with `bad-signing-secret`. */
export async function keyTexts(
  deps: Pick<Deps, 'outputs' | 'secrets' | 'now'>,
  output: string,
): Promise<string[]> {
  const keys = newestKeys((await readRing(deps, output)).keys, deps.now());
  if (keys.length === 0) throw unusable('holds no key that is valid now');
  return keys.map(({ secret }) => secret);
}

function newestOf({ keys }: KeyRing, now: number): string {
  const key = newestKey(keys, now);
  if (key === undefined) throw unusable('holds no key that is valid now');
  return key.secret;
}

function parseRing(text: string): SigningKey[] {
  try {
    return parseKeys(text);
  } catch {
    // The error of a JSON parser would quote the secret.
    throw unusable('is neither a key nor a ring of keys');
  }
}

function unusable(words: string): CliError {
  return new CliError(
    'bad-signing-secret',
    `The signing secret ${words}`,
    'docs/contract.md, "Signing", says what it may hold',
  );
}
