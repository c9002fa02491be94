/** Text that is HTML already. Only {@link html} and {@link raw} make it. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template. Nothing is left out of absent values and lists are joined. */
export type Piece = Html | string | number | undefined | readonly Piece[];

/** HTML from a template. Whatever was not made by this function is text and is escaped, in attributes as well. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.reduce((text, part, index) => `${text}${write(pieces[index - 1])}${part}`));
}

/** For what is no text of anybody: our own style and script. */
export const raw = (text: string): Html => new Html(text);

function write(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(write).join('');
  return escapeHtml(String(piece));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** A value for a script to read, in an element that the browser does not run. */
export const jsonBlock = (id: string, value: unknown): Html =>
  html`<script type="application/json" id="${id}">${raw(JSON.stringify(value).replace(/</g, '\\u003c'))}</script>`;
