import type { Brand } from './brand';
import { renderBrand } from './brand';
import { type Html, html, raw } from './html';
import { DIRECTION, type Language } from './language';

export interface Page {
  readonly language: Language;
  readonly brand: Brand;
  readonly title: string;
  readonly style: string;
  /** What stands in the card. */
  readonly main: Html;
  /** For a browser that runs no script: loads the page again after as many seconds. @default - it stays */
  readonly reloadSeconds?: number | undefined;
  /** Goes on to another address at once, with a script or without. Nobody could read what goes on later. @default - it stays */
  readonly nextUrl?: string | undefined;
  /** What follows the card, scripts and their data. */
  readonly scripts?: Html | undefined;
}

/** A whole document with one card. It asks for nothing: style, script and pictures are in it. */
export function renderDocument(page: Page): string {
  const { language, brand, title, style, main, reloadSeconds, nextUrl, scripts } = page;
  const reload =
    reloadSeconds === undefined
      ? undefined
      : html`<noscript><meta http-equiv="refresh" content="${reloadSeconds}"></noscript>`;
  const document = html`<!doctype html>
<html lang="${language}" dir="${DIRECTION[language]}">
<head>
<meta charset="utf-8">
<title>${brand.name === undefined ? title : `${title} · ${brand.name}`}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
${reload}${nextUrl && html`<meta http-equiv="refresh" content="0;url=${nextUrl}">`}
<style>${raw(style)}</style>
</head>
<body>
${renderBrand(brand)}
<main>
${main}
</main>
${scripts}
</body>
</html>
`;
  return document.text;
}
