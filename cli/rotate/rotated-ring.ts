import { randomBytes } from 'node:crypto';
import type { SigningKey } from '../../events/key-ring';
import { countOf } from '../../terminal/count-of';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { describeAge } from '../keys/describe-age';
import type { KeyRing } from '../keys/signing-key';
import { clearlyNewest, signingKeys, withKeys, withKeysEnded, withNewKey } from './key-ring-rotation';

/** A ring whose keys are rotated, and what it is called. */
export interface RotatedRing extends KeyRing {
  /** As one types it, such as `rotate signing-secret`. */
  readonly command: string;
  /** For the audit. */
  readonly act: string;
  readonly subject: string;
  /** The output with the secret. */
  readonly output: string;
  /** So long what an ended key signed has to be believed where time is not noted. @default 0 */
  readonly graceMs?: number;
}

export type RotationDeps = Pick<Deps, 'secrets' | 'audit' | 'screen' | 'now' | 'typed'>;

/** The ring with a new key in front, as it is stored now. Fails with `rotation-pending`. */
export async function addKey(ring: RotatedRing, deps: RotationDeps): Promise<readonly SigningKey[]> {
  if (signingKeys(ring.keys, deps.now()).length > 1) throw pending(ring, deps);
  const keys = withNewKey(ring.keys, newSecret(), deps.now());
  await writeRing(ring, ring.act, { keys, counts: { created: 1 } }, deps);
  return keys;
}

/** 33 bytes are 44 characters of base64 without padding, as the first secret has. */
export const newSecret = (): string => randomBytes(33).toString('base64');

/** The key that stays. Which one that is must be beyond doubt, as all others end. */
export function newestOf(ring: RotatedRing, { now, typed }: RotationDeps): SigningKey {
  const signing = signingKeys(ring.keys, now());
  if (signing.length < 2) {
    const hint = `${typed(ring.command)} begins a rotation`;
    throw new CliError('nothing-to-finish', 'One key signs', hint, 1);
  }
  const newest = clearlyNewest(signing);
  if (newest !== undefined) return newest;
  throw keysAlike(ring, signing.length);
}

export function keysAlike({ output }: Pick<RotatedRing, 'output'>, count: number): CliError {
  return new CliError(
    'keys-alike',
    `There are ${count} keys, and the secret does not tell which one is the newest`,
    `Write createdAt (epoch ms) into the newest, in the secret ${output}, then run it again`,
    1,
  );
}

export interface Ended {
  readonly keys: readonly SigningKey[];
  readonly counts: { readonly ended: number; readonly dropped: number };
  /** Which keys ended, and which one stays. */
  readonly words: Line;
}

/** Ends all keys but `newest` for what comes. */
export async function endOthers(ring: RotatedRing, newest: SigningKey, deps: RotationDeps): Promise<Ended> {
  const now = deps.now();
  const old = signingKeys(ring.keys, now).filter((key) => key !== newest);
  const keys = withKeysEnded(ring.keys, old, now + (ring.graceMs ?? 0));
  const counts = { ended: old.length, dropped: ring.keys.length - keys.length };
  await writeRing(ring, `${ring.act} --finish`, { keys, counts }, deps);
  const age = ({ createdAt }: SigningKey) => describeAge(createdAt, now);
  const ended = `Ended ${countOf(old.length, 'key')} (${old.map(age).join(', ')}).`;
  return { keys, counts, words: [styled('green', ended), ` The newest (${age(newest)}) signs alone.`] };
}

export interface Writing {
  readonly keys: readonly SigningKey[];
  readonly counts: Readonly<Record<string, number>>;
}

/** Writes the ring, which leaves an audit row. Fails with `secret-changed` where somebody wrote it meanwhile. */
export async function writeRing(
  { arn, text, subject }: RotatedRing,
  act: string,
  { keys, counts }: Writing,
  deps: RotationDeps,
): Promise<void> {
  const store = await deps.secrets();
  await audited(deps, { act, subject }, async () => {
    await store.write(arn, withKeys(text, keys), text);
    return { outcome: 'done' as const, counts };
  });
}

function pending({ command }: RotatedRing, { typed }: RotationDeps): CliError {
  return new CliError(
    'rotation-pending',
    'Two keys sign: a rotation was begun and not finished',
    `${typed(`${command} --finish`)} ends it`,
    1,
  );
}
