import type { Language } from '../../status-page/layout/language';
import { english } from './english';
import { french } from './french';
import { german } from './german';
import type { Words } from './words';

const WORDS: Readonly<Record<Language, Words>> = { en: english, de: german, fr: french };

export const wordsOf = (language: Language): Words => WORDS[language];
