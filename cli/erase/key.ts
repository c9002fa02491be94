import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { type KeyDeps, readKey } from './read-key';

export const key = defineCommand({
  usage: 'erase key',
  summary: 'the public key that certificates are checked with',
  details:
    'As PEM. Whoever is to check a certificate without access to the stack needs it, from a hand they trust.',
  options: {},
  examples: [['erase key', 'on the screen, or with > into a file']],
  run: showKey,
});

async function showKey(_: object, deps: KeyDeps & Pick<Deps, 'screen'>): Promise<Report> {
  const found = await readKey(undefined, deps);
  const pem = found.export({ type: 'spki', format: 'pem' }).toString().trim();
  deps.screen.print(...pem.split('\n'));
  return { json: { pem } };
}
