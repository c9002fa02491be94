import { type Html, html, raw } from '../status-page/layout/html';
import type { InvitationViewKind } from './invitation-view';

type Shape = 'envelope' | 'check' | 'clock' | 'person' | 'warning' | 'wait';

const SHAPES: Readonly<Record<Exclude<Shape, 'wait'>, string>> = {
  envelope: '<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="m3.8 7.6 8.2 6 8.2-6"/>',
  check: '<path d="m5 12.8 4.6 4.7L19.2 7"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.2V12l3.2 2"/>',
  person: '<circle cx="12" cy="8.4" r="3.7"/><path d="M4.8 19.6c.9-3.6 3.7-5.4 7.2-5.4s6.3 1.8 7.2 5.4"/>',
  warning: '<path d="M12 4.2 21 19.4H3z"/><path d="M12 10.2v4.2M12 16.9v.2"/>',
};

const SHAPE_OF: Readonly<Record<InvitationViewKind, Shape>> = {
  ...{
    accept: 'envelope',
    leaving: 'wait',
    redeemed: 'wait',
    arrived: 'check',
    accepted: 'check',
    failed: 'warning',
  },
  ...{ 'wrong-account': 'person', 'address-unverified': 'envelope' },
  ...{ expired: 'clock', revoked: 'envelope', used: 'check', unknown: 'warning', off: 'envelope' },
  ...{ over: 'clock', unavailable: 'warning' },
};

/** The sign over the heading. It says nothing that the heading does not. */
export function renderMark(kind: InvitationViewKind): Html {
  const shape = SHAPE_OF[kind];
  if (shape === 'wait') return html`<div id="mark" data-shape="wait" aria-hidden="true"></div>`;
  return html`<div id="mark" data-shape="${shape}" aria-hidden="true"><svg viewBox="0 0 24 24" width="26" height="26">${raw(SHAPES[shape])}</svg></div>`;
}
