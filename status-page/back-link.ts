import { type Html, html } from './layout/html';
import type { Words } from './words/words';

/** The way back to the application, where it has an address in the web. */
export function backLink(app: string | undefined, words: Words, hidden = false): Html | undefined {
  if (app === undefined || !/^https?:\/\//i.test(app)) return undefined;
  return html`<a id="back" href="${app}"${hidden ? html` hidden` : undefined}>${words.back}</a>`;
}
