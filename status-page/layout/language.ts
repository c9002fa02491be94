/** The languages that pages speak. The first one is for everybody whose language is not here. */
export const LANGUAGES = ['en', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** All of them are written from left to right. */
export const DIRECTION: Readonly<Record<Language, 'ltr' | 'rtl'>> = { en: 'ltr', de: 'ltr', fr: 'ltr' };

/**
 * The language for a person who wants one of `lists`: each in the form of `ui_locales` (`de-AT en`) or of
 * Accept-Language (`de-AT,de;q=0.9`), best first. An earlier list wins over a later one.
 */
export function chooseLanguage(...lists: readonly (string | undefined)[]): Language {
  const wanted = lists.flatMap((list) => (list === undefined ? [] : tagsOf(list)));
  return wanted.map(languageOf).find((language) => language !== undefined) ?? LANGUAGES[0];
}

const languageOf = (tag: string): Language | undefined =>
  LANGUAGES.find((language) => tag.toLowerCase().split(/[-_]/)[0] === language);

/** The tags of a list, the wanted ones first. A list from outside may be long: no more than ten of it count. */
function tagsOf(list: string): string[] {
  const entries = list
    .slice(0, 200)
    .split(/[\s,]+(?!q=)/)
    .slice(0, 10);
  const weighed = entries.map((entry) => {
    const [tag = '', weight] = entry.split(/;\s*q=/);
    return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
  });
  return weighed
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
