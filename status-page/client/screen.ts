import type { SystemStanding } from '../../events/status-snapshot';
import { buttonOf, progressWord, segmentsOf, standingWord } from '../progress';
import { type ClientPhase, type ClientWords, type Counted, fillCounted } from '../words/words';

/** Long enough to gather what comes in one breath, too short to be missed. */
const GATHER_MS = 300;

const element = (id: string) => document.getElementById(id) as HTMLElement;

/** Writes only what differs: a screen reader may be standing on it. */
const write = (target: Element | null, text: string) => {
  if (target !== null && target.textContent !== text) target.textContent = text;
};

/** What the person sees and hears. */
export class Screen {
  private news: string[] = [];

  constructor(private readonly words: ClientWords) {}

  showSystems(systems: readonly SystemStanding[]): void {
    for (const system of systems) {
      const line = document.querySelector<HTMLElement>(`[data-system="${CSS.escape(system.name)}"]`);
      if (line === null) continue;
      line.dataset.standing = system.standing;
      line.hidden = system.standing === 'not-needed';
      write(line.querySelector('em'), standingWord(system, this.words));
    }
    this.showProgress(systems);
  }

  showPhase(phase: ClientPhase): void {
    const card = element('card');
    if (card.dataset.phase === phase) return;
    card.dataset.phase = phase;
    const { heading, lead } = this.words.phases[phase];
    write(element('heading'), heading);
    write(element('lead'), lead);
    write(element('button'), buttonOf(phase, this.words));
    for (const id of ['systems', 'progress']) element(id).hidden = phase === 'again';
    const back = document.getElementById('back');
    if (back !== null) back.hidden = phase !== 'again' && phase !== 'stuck';
    this.say(`${heading}. ${lead}`);
  }

  /** Says how long it may take. Nobody is read a countdown. */
  showSeconds(sentence?: Counted, seconds = 0): void {
    const limit = element('limit');
    limit.hidden = sentence === undefined;
    if (sentence !== undefined) write(limit, fillCounted(sentence, seconds));
  }

  showLost(lost: boolean): void {
    const trouble = element('trouble');
    if (trouble.hidden === !lost) return;
    trouble.hidden = !lost;
    this.say(lost ? this.words.lost : this.words.found);
  }

  sayChanges(systems: readonly SystemStanding[], all: readonly SystemStanding[]): void {
    if (systems.length === 0) return;
    const lines = systems.map((system) => `${system.label}: ${standingWord(system, this.words)}.`);
    this.say(`${lines.join(' ')} ${progressWord(all, this.words)}.`);
  }

  private showProgress(systems: readonly SystemStanding[]): void {
    const segments = segmentsOf(systems);
    const bar = element('bar');
    while (bar.children.length > segments.length) bar.lastElementChild?.remove();
    while (bar.children.length < segments.length) bar.append(document.createElement('i'));
    segments.forEach((standing, index) => {
      (bar.children[index] as HTMLElement).dataset.standing = standing;
    });
    write(element('count'), progressWord(systems, this.words));
  }

  /** Each piece of news once: the region holds only what came since it last spoke. */
  private say(text: string): void {
    if (this.news.push(text) > 1) return;
    setTimeout(() => {
      element('news').textContent = this.news.join(' ');
      this.news = [];
    }, GATHER_MS);
  }
}
