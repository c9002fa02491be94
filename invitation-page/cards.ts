import { fill } from '../status-page/layout/fill';
import { type Html, html } from '../status-page/layout/html';
import type { Language } from '../status-page/layout/language';
import type {
  AcceptedView,
  AcceptView,
  DeadEndView,
  Destination,
  FormFields,
  HinderedView,
  LeavingView,
  RedeemedView,
} from './invitation-view';
import { renderMark } from './mark';
import type { Words } from './words/words';

/** What is asked, of whom, and what follows. */
export function renderAccept(view: AcceptView, words: Words): Html {
  const { person, form, destination, isUnfinished } = view;
  const { buttons, reassurance, unfinished } = words;
  const lead = person === undefined ? words.kinds.accept.lead : words.signedIn;
  return html`<div id="card">${headOf('accept', words, destination, lead)}
${isUnfinished ? html`<p id="note" role="status">${unfinished}</p>` : undefined}
${factsOf(view, words)}${person === undefined ? undefined : personBox(person, words)}
${renderForm(form, [
  { choice: 'accept', text: person === undefined ? buttons.accept : buttons.acceptAs },
  ...(person === undefined ? [] : [{ choice: 'other', text: buttons.other } as const]),
])}
<p id="small">${reassurance}</p>
</div>`;
}

/** Whoever is signed in cannot go on, and what they can do. */
export function renderHindered({ kind, form, person, boundTo }: HinderedView, words: Words): Html {
  const { buttons, facts } = words;
  const again = { choice: 'accept', text: buttons.again } as const;
  const other = { choice: 'other', text: buttons.other, isMain: kind !== 'address-unverified' } as const;
  return html`<div id="card">${headOf(kind, words)}
${boundTo === undefined ? undefined : html`<dl id="facts">${fact(facts.boundTo, boundTo)}</dl>`}
${personBox(person, words)}
${renderForm(form, kind === 'address-unverified' ? [again, other] : [other])}
</div>`;
}

/** No form may lead where a login may lead, so that a page of its own does. */
export const renderLeaving = ({ url }: LeavingView, words: Words): Html =>
  html`<div id="card">${headOf('leaving', words)}${linkTo(url, words.buttons.signIn)}</div>`;

export function renderRedeemed({ kind, destination }: RedeemedView | AcceptedView, words: Words): Html {
  return html`<div id="card">${headOf(kind, words, destination)}
${goTo(destination, words)}
<p id="news" role="status"></p>
</div>`;
}

export function renderDeadEnd({ kind, destination, retryUrl }: DeadEndView, words: Words): Html {
  const next =
    retryUrl === undefined ? destination && goTo(destination, words) : linkTo(retryUrl, words.buttons.again);
  return html`<div id="card">${headOf(kind, words)}${next}</div>`;
}

function headOf(
  kind: Parameters<typeof renderMark>[0],
  words: Words,
  destination?: Destination,
  lead = words.kinds[kind].lead,
): Html {
  const values = { application: destination?.label ?? '' };
  const { heading } = words.kinds[kind];
  return html`${renderMark(kind)}<h1 id="heading">${fill(heading, values)}</h1><p id="lead">${fill(lead, values)}</p>`;
}

function factsOf({ boundTo, roles, expiresAt, language }: AcceptView, { facts }: Words): Html {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
  const until = `${new Intl.DateTimeFormat(LOCALES[language], format).format(expiresAt)}\u{a0}UTC`;
  return html`<dl id="facts">${boundTo === undefined ? undefined : fact(facts.boundTo, boundTo)}${
    roles.length === 0 ? undefined : fact(facts.roles, roles.join(', '))
  }${fact(facts.until, until)}</dl>`;
}

// Read from day to year wherever somebody is, and with 24 hours.
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de', fr: 'fr' };

const fact = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const personBox = (person: string, words: Words): Html =>
  html`<div id="person"><i aria-hidden="true">${[...person][0]}</i><span><small>${words.person}</small>${person}</span></div>`;

interface Button {
  readonly choice: 'accept' | 'other';
  readonly text: string;
  readonly isMain?: boolean;
}

const renderForm = ({ action, flow, proof }: FormFields, buttons: readonly Button[]): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="flow" value="${flow}"><input type="hidden" name="proof" value="${proof}">${buttons.map(
    ({ choice, text, isMain }) =>
      html`<button name="choice" value="${choice}"${isMain ? html` data-main` : undefined}>${text}</button>`,
  )}</form>`;

const goTo = ({ label, url }: Destination, { buttons }: Words): Html =>
  linkTo(url, fill(buttons.go, { application: label }));

const linkTo = (url: string, text: string): Html => html`<a id="go" href="${url}">${text}</a>`;
