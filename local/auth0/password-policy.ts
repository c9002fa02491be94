import { SHORTEST_PASSWORD } from './passwords';

/** Bytes that Auth0 keeps of a password. */
const LONGEST = 72;
const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*]/];

/**
 * What a database connection with every rule of its policy switched on has against a password.
 * @see https://auth0.com/docs/authenticate/database-connections/flexible-password-policy
 */
export function passwordFault(password: string, email: string): string | undefined {
  if (password.length < SHORTEST_PASSWORD) return 'short';
  if (Buffer.byteLength(password) > LONGEST) return 'long';
  if (!KINDS.every((kind) => kind.test(password))) return 'kinds';
  const steps = stepsOf(password.toLowerCase());
  const goesOnBy = (wanted: number) =>
    steps.some((step, index) => step === wanted && steps[index + 1] === wanted);
  if (goesOnBy(0)) return 'identical';
  if (goesOnBy(1) || goesOnBy(-1)) return 'sequence';
  const [own = ''] = email.toLowerCase().split('@');
  return password.toLowerCase().includes(own) ? 'personal' : undefined;
}

/** How far each character is from the one before it. */
const stepsOf = (text: string): number[] =>
  Array.from({ length: text.length - 1 }, (_, at) => text.charCodeAt(at + 1) - text.charCodeAt(at));
