import { CARD_STYLE } from '../status-page/layout/card-style';
import { renderDocument } from '../status-page/layout/document';
import { fill } from '../status-page/layout/fill';
import { type Html, html, jsonBlock, raw } from '../status-page/layout/html';
import { renderPalette } from '../status-page/layout/palette';
import { renderAccept, renderDeadEnd, renderHindered, renderLeaving, renderRedeemed } from './cards';
import type { InvitationPageData } from './client/page-data';
import { INVITATION_SCRIPT } from './client-script';
import { INVITATION_STYLE } from './invitation-style';
import type { InvitationView, RedeemedView } from './invitation-view';
import type { Words } from './words/words';
import { wordsOf } from './words/words-of';

/** How often a browser that runs no script asks how far it is. */
const RELOAD_SECONDS = 2;

/** The whole document. What its policy has to allow is in the headers of the same view. */
export function renderInvitationPage(view: InvitationView): string {
  const words = wordsOf(view.language);
  const { language, brand } = view;
  const title = fill(words.kinds[view.kind].heading, { application: destinationOf(view)?.label ?? '' });
  return renderDocument({
    ...{ language, brand, title, style: styleOf(view), main: cardOf(view, words) },
    ...(view.kind === 'redeemed' && {
      reloadSeconds: RELOAD_SECONDS,
      scripts: html`${jsonBlock('data', dataOf(view, words))}<script>${raw(INVITATION_SCRIPT)}</script>`,
    }),
    nextUrl: nextUrlOf(view),
  });
}

/** The style of a page, which has the colors of its brand in it. */
export const styleOf = ({ brand }: Pick<InvitationView, 'brand'>): string =>
  `${renderPalette(brand.colors)}${CARD_STYLE}${INVITATION_STYLE}`;

const dataOf = (view: RedeemedView, words: Words): InvitationPageData => ({
  ...{ progressUrl: view.progressUrl, leftMs: view.leftMs },
  ...{ nextUrl: view.destination.url, lost: words.news.lost },
});

function nextUrlOf(view: InvitationView): string | undefined {
  if (view.kind === 'leaving') return view.url;
  return view.kind === 'arrived' ? view.destination.url : undefined;
}

const destinationOf = (view: InvitationView) => ('destination' in view ? view.destination : undefined);

function cardOf(view: InvitationView, words: Words): Html {
  switch (view.kind) {
    case 'accept':
      return renderAccept(view, words);
    case 'wrong-account':
    case 'address-unverified':
      return renderHindered(view, words);
    case 'leaving':
      return renderLeaving(view, words);
    case 'redeemed':
    case 'arrived':
    case 'accepted':
    case 'failed':
      return renderRedeemed(view, words);
    default:
      return renderDeadEnd(view, words);
  }
}
