import { randomBytes } from 'node:crypto';
import { newestKey, type SigningKey } from '../../events/key-ring';
import { styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { readKeyRing } from '../keys/signing-key';
import { outputOf } from '../target/outputs';
import { describeSteps } from './describe-steps';
import { signingKeys, withNewKey, withOldKeysEnded } from './key-ring-rotation';

export const signingSecret = defineCommand({
  usage: 'rotate signing-secret',
  summary: 'a new key to sign with; the old one is believed until --finish',
  details:
    'First a new key is added to the ring: workers believe both. Give it to all who sign, the Actions first. Then --finish ends the old one for new events; for 30 days it still verifies old ones that are redriven.',
  options: { finish: { type: 'boolean', default: false, description: 'ends all keys but the newest' } },
  examples: [
    ['rotate signing-secret', 'adds the new key'],
    ['rotate signing-secret --finish', 'when everybody signs with it'],
  ],
  run: rotateSigningSecret,
});

export type SigningSecretDeps = Pick<Deps, 'outputs' | 'secrets' | 'audit' | 'screen' | 'typed' | 'now'>;

export async function rotateSigningSecret(
  { finish }: { readonly finish: boolean },
  deps: SigningSecretDeps,
): Promise<Report> {
  const keys = await readKeyRing(deps);
  return finish ? endOld(keys, deps) : addNew(keys, deps);
}

async function addNew(keys: readonly SigningKey[], deps: SigningSecretDeps): Promise<Report> {
  if (signingKeys(keys, deps.now()).length > 1) throw pending(deps);
  // 33 bytes are 44 characters of base64 without padding, as the first secret has.
  const ring = withNewKey(keys, randomBytes(33).toString('base64'), deps.now());
  await write('rotate signing-secret', ring, { created: 1 }, deps);
  deps.screen.print(
    [styled('green', 'Added a new key.'), ' Both are believed; nothing in a queue is refused.'],
    '',
    ...describeSteps([
      ['Let the Actions sign with it:', deps.typed('actions deploy')],
      ['Give it to others who sign:', 'whsec_ and the first key of the secret SigningSecretArn'],
      ['Once all of them do:', deps.typed('rotate signing-secret --finish')],
    ]),
  );
  return { json: { keys: ring.length, signing: 2 } };
}

async function endOld(keys: readonly SigningKey[], deps: SigningSecretDeps): Promise<Report> {
  const now = deps.now();
  const newest = newestKey(keys, now);
  const old = signingKeys(keys, now).filter((key) => key !== newest);
  if (newest === undefined || old.length === 0) {
    throw new CliError(
      'nothing-to-finish',
      'One key signs',
      `${deps.typed('rotate signing-secret')} begins a rotation`,
      1,
    );
  }
  const ring = withOldKeysEnded(keys, newest, now);
  const counts = { ended: old.length, dropped: keys.length - ring.length };
  await write('rotate signing-secret --finish', ring, counts, deps);
  deps.screen.print(
    [styled('green', 'The old key is ended.'), ' What it signed until now is still believed, for 30 days.'],
    'Within five minutes every worker knows: what is signed with it from now on then goes',
    'to quarantine, as signature-invalid.',
  );
  return { json: { keys: ring.length, signing: 1, ...counts } };
}

async function write(
  act: string,
  keys: readonly SigningKey[],
  counts: Readonly<Record<string, number>>,
  deps: SigningSecretDeps,
): Promise<void> {
  const arn = outputOf(await deps.outputs(), 'SigningSecretArn');
  const store = await deps.secrets();
  await audited(deps, { act, subject: 'SigningSecret' }, async () => {
    await store.write(arn, JSON.stringify({ keys }));
    return { outcome: 'done' as const, counts };
  });
}

function pending({ typed }: Pick<Deps, 'typed'>): CliError {
  return new CliError(
    'rotation-pending',
    'Two keys sign: a rotation was begun and not finished',
    `${typed('rotate signing-secret --finish')} ends it`,
    1,
  );
}
