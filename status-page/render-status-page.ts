import { backLink } from './back-link';
import type { PageData } from './client/page-data';
import { CLIENT_SCRIPT } from './client-script';
import { CARD_STYLE } from './layout/card-style';
import { renderDocument } from './layout/document';
import { type Html, html, jsonBlock, raw } from './layout/html';
import { renderPalette } from './layout/palette';
import { STATUS_STYLE } from './status-style';
import type { DeadEndView, StatusView, WaitingView } from './status-view';
import { renderWaitingCard } from './waiting-card';
import { clientWords, type Words } from './words/words';
import { wordsOf } from './words/words-of';

// A return token lasts a minute, and who presses the button is to send one that counts.
const RELOAD_WHEN_DONE_SECONDS = 45;

/** The whole document. What its policy has to allow is {@link statusPageHeaders}. */
export function renderStatusPage(view: StatusView): string {
  const words = wordsOf(view.language);
  const style = styleOf(view);
  const { language, brand } = view;
  if (view.kind !== 'waiting') {
    const { heading } = words.phases[view.kind];
    return renderDocument({ language, brand, title: heading, style, main: renderDeadEnd(view, words) });
  }
  return renderDocument({
    ...{ language, brand, style },
    title: words.phases.waiting.heading,
    main: renderWaitingCard(view, words),
    reloadSeconds: view.snapshot.end === undefined ? view.refreshSeconds : RELOAD_WHEN_DONE_SECONDS,
    scripts: html`${jsonBlock('data', dataOf(view, words))}<script>${raw(CLIENT_SCRIPT)}</script>`,
  });
}

/** The style of a page, which has the colors of its brand in it. */
export const styleOf = ({ brand }: Pick<StatusView, 'brand'>): string =>
  `${renderPalette(brand.colors)}${CARD_STYLE}${STATUS_STYLE}`;

function renderDeadEnd({ kind, app }: DeadEndView, words: Words): Html {
  const { heading, lead } = words.phases[kind];
  return html`<div id="card" data-phase="${kind}"><h1>${heading}</h1><p id="lead">${lead}</p>${backLink(app, words)}</div>`;
}

function dataOf(view: WaitingView, words: Words): PageData {
  const { sessionToken, state, socketUrl, snapshotUrl, onFailed } = view;
  const { returnToken: _token, systems: _systems, ...snapshot } = view.snapshot;
  return { snapshot, sessionToken, state, socketUrl, snapshotUrl, onFailed, words: clientWords(words) };
}
