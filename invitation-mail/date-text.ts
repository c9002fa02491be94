import type { Language } from '../status-page/layout/language';

/** English is for everybody whose language is not there, so it has the order of days that most of them know. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR' };

/** Day and time in UTC, as people write them in `language`. Nobody knows where the reader is. */
export function dateText(at: number, language: Language): string {
  const form = { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' } as const;
  // Some versions of ICU put thin spaces in, which some mail programs show as boxes.
  return new Intl.DateTimeFormat(LOCALES[language], form).format(at).replace(/\s/g, ' ');
}
