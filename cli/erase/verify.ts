import { readCertificate } from '../certificate/certificate-schema';
import { describeCertificate } from '../certificate/describe-certificate';
import { openJws } from '../certificate/jws';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { type KeyDeps, readKey } from './read-key';

export const verify = defineCommand({
  usage: 'erase verify <file>',
  summary: 'checks a certificate of erasure, and says what it says',
  details:
    'With --public-key nothing is asked of anybody: the file and the key are enough. Without it the key is that of the stack.',
  options: {
    file: { type: 'string', demandOption: true, description: 'the certificate; - is stdin' },
    'public-key': { type: 'string', description: 'a file with the key as PEM' },
  },
  examples: [
    ['erase verify erasure-3q2xZ.jws', 'with the key of the stack'],
    ['erase verify erasure-3q2xZ.jws --public-key certificates.pem', 'without the stack'],
  ],
  endsWithOne: 'it is none, or of another key, or was changed',
  run: verifyCertificate,
});

export interface VerifyArgs {
  readonly file: string;
  readonly publicKey?: string | undefined;
}

export async function verifyCertificate(
  { file, publicKey }: VerifyArgs,
  deps: KeyDeps & Pick<Deps, 'screen'>,
): Promise<Report> {
  const text = await deps.readText(file);
  const payload = openJws(text, await readKey(publicKey, deps));
  const certificate = readCertificate(payload);
  if (certificate === undefined)
    throw new CliError(
      'bad-certificate',
      'It is signed, and not a certificate that this version knows',
      undefined,
      1,
    );
  deps.screen.print(...describeCertificate(certificate, deps.screen.width));
  return { json: { valid: true, certificate } };
}
