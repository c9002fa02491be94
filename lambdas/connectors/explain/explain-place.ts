import type { Why } from '../instances/choose-instance';
import type { Findings } from './find-out';

const WORDS: Readonly<Record<Exclude<Why, object>, string>> = {
  only: '',
  bound: 'the account is there, or may be',
  earlier: 'an earlier event asked for it',
  default: 'nobody says a country, and it is that of the default',
};

/** In which instance of the system the account is, or would be, and why; nothing of a system that has one. */
export function explainPlace({ place }: Pick<Findings, 'place'>): string[] {
  if (place.is !== 'one' || place.deps.instance === undefined) return [];
  const { why } = place;
  const because = typeof why === 'string' ? WORDS[why] : `${why.by} says its country`;
  return [`The instance is ${place.deps.instance}: ${because}.`];
}
