import { CliError } from '../cli-error';

/** Who typed an id knows of no link, which the words of the API speak of. */
export const unknownInvitation = (words = 'There is no such invitation'): CliError =>
  new CliError(
    'invitation-unknown',
    words,
    'npx punctual invitation list --email shows those to an address',
    1,
  );
