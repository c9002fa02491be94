import { RETURN_TOKEN_PARAMETER } from '../events/login-tokens';
import type { Standing } from '../events/standing';
import type { SystemStanding } from '../events/status-snapshot';
import { backLink } from './back-link';
import { type Html, html } from './layout/html';
import { buttonOf, phaseOf, progressWord, segmentsOf, standingWord } from './progress';
import type { WaitingView } from './status-view';
import { fillCounted, type Words } from './words/words';

/** The card of a person who waits. All of it makes sense without the script, which keeps it up to date. */
export function renderWaitingCard(view: WaitingView, words: Words): Html {
  const { snapshot, continueUrl, onFailed } = view;
  const phase = phaseOf(snapshot.end, onFailed);
  const { heading, lead } = words.phases[phase];
  const seconds = Math.max(0, Math.ceil((snapshot.deadlineAt - snapshot.now) / 1_000));
  return html`<div id="card" data-phase="${phase}">
<h1 id="heading">${heading}</h1>
<p id="lead">${lead}</p>
<ul id="systems" role="list" aria-labelledby="heading">
${snapshot.systems.map((system) => renderSystem(system, words))}</ul>
<div id="progress"><span id="bar" aria-hidden="true">${segmentsOf(snapshot.systems).map(renderSegment)}</span><span id="count">${progressWord(snapshot.systems, words)}</span></div>
<p id="trouble" hidden>${words.lost}</p>
<form id="form" method="post" action="${continueUrl}">
<input id="token" type="hidden" name="${RETURN_TOKEN_PARAMETER}" value="${snapshot.returnToken}">
<button id="button">${buttonOf(phase, words)}</button>
</form>
<p id="limit"${phase === 'waiting' ? undefined : html` hidden`}>${fillCounted(words.limit, seconds)}</p>
${backLink(view.app, words, true)}
<p id="news" role="status"></p>
</div>`;
}

const renderSegment = (standing: Standing): Html =>
  standing === 'waiting' ? html`<i></i>` : html`<i data-standing="${standing}"></i>`;

// Who needs no account there need not read of it.
const renderSystem = (system: SystemStanding, words: Words): Html =>
  html`<li data-system="${system.name}" data-standing="${system.standing}"${
    system.required ? undefined : html` data-later`
  }${system.standing === 'not-needed' ? html` hidden` : undefined}><i></i><span>${system.label}</span> <em>${standingWord(system, words)}</em></li>
`;
