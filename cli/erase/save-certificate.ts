import type { Deps } from '../deps';
import type { Person } from './person';

/** The name of a certificate that nobody gave one. */
export function fileOf({ userRef }: Person, now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  return `erasure-${userRef.slice(0, 12)}-${time}.jws`;
}

/** False when the file could not be written, and said so. */
export async function saveCertificate(
  file: string,
  certificate: string,
  { saveText, screen }: Pick<Deps, 'saveText' | 'screen'>,
): Promise<boolean> {
  try {
    await saveText(file, `${certificate}\n`);
    return true;
  } catch (error) {
    screen.warn('not-saved', `${(error as Error).message}; the certificate is in the audit table`);
    return false;
  }
}
