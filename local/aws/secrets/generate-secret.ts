import { randomInt } from 'node:crypto';
import { LocalError } from '../../local-error';

/** `GenerateSecretString` of AWS::SecretsManager::Secret. */
export interface SecretRecipe {
  readonly PasswordLength?: number | undefined;
  readonly ExcludeCharacters?: string | undefined;
  readonly ExcludeLowercase?: boolean | undefined;
  readonly ExcludeNumbers?: boolean | undefined;
  readonly ExcludePunctuation?: boolean | undefined;
  readonly ExcludeUppercase?: boolean | undefined;
  readonly IncludeSpace?: boolean | undefined;
  readonly RequireEachIncludedType?: boolean | undefined;
  readonly SecretStringTemplate?: string | undefined;
  readonly GenerateStringKey?: string | undefined;
}

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const NUMBERS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** A random text as the recipe wants it, or the recipe's JSON with the text in it. */
export function generateSecret(recipe: SecretRecipe): string {
  const password = generatePassword(recipe);
  if (recipe.SecretStringTemplate === undefined) return password;
  const template = JSON.parse(recipe.SecretStringTemplate) as Record<string, unknown>;
  return JSON.stringify({ ...template, [recipe.GenerateStringKey ?? 'password']: password });
}

function generatePassword(recipe: SecretRecipe): string {
  const types = characterTypes(recipe);
  const length = recipe.PasswordLength ?? 32;
  const required = recipe.RequireEachIncludedType === false ? [] : types.map(pick);
  if (types.length === 0 || required.length > length) {
    throw new LocalError('secret-recipe', 'GenerateSecretString leaves no characters to choose from.');
  }
  const rest = Array.from({ length: length - required.length }, () => pick(types.join('')));
  return shuffle([...required, ...rest]).join('');
}

function characterTypes(recipe: SecretRecipe): string[] {
  const included = [
    recipe.ExcludeLowercase ? '' : LOWERCASE,
    recipe.ExcludeUppercase ? '' : LOWERCASE.toUpperCase(),
    recipe.ExcludeNumbers ? '' : NUMBERS,
    recipe.ExcludePunctuation ? '' : PUNCTUATION,
    recipe.IncludeSpace ? ' ' : '',
  ];
  const excluded = new Set(recipe.ExcludeCharacters ?? '');
  return included
    .map((type) => [...type].filter((character) => !excluded.has(character)).join(''))
    .filter(Boolean);
}

function pick(characters: string): string {
  return characters[randomInt(characters.length)] as string;
}

function shuffle(characters: string[]): string[] {
  for (let index = characters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [characters[index], characters[other]] = [characters[other] as string, characters[index] as string];
  }
  return characters;
}
