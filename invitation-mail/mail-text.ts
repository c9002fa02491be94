import type { Brand } from '../status-page/layout/brand';
import { fill } from '../status-page/layout/fill';
import { dateText } from './date-text';
import type { MailView } from './mail-view';
import { oneLine } from './one-line';
import { wordsOf } from './words/words-of';

/** Everything that a mail says, in the order in which it says it; both of its parts are made of this. */
export interface MailText {
  readonly subject: string;
  readonly sender: string | undefined;
  readonly heading: string;
  readonly lead: readonly string[];
  readonly button: string;
  readonly link: string;
  readonly address: string;
  /** Small print, a paragraph each. */
  readonly notes: readonly string[];
}

export function mailText(view: MailView): MailText {
  const words = wordsOf(view.language);
  const kind = words.kinds[view.kind];
  const sender = senderOf(view);
  const say = (sentence: string) =>
    fill(sentence, { application: oneLine(view.application), sender: sender ?? '' });
  const [named, nameless] = kind.subject;
  return {
    subject: say(sender === undefined ? nameless : named),
    sender,
    heading: say(kind.heading),
    lead: [say(kind.lead), ...(isBound(view) ? [words.bound] : [])],
    button: say(kind.button),
    link: linkOf(view.link),
    address: words.address,
    notes: [...validity(view), kind.unexpected],
  };
}

// An application that is called as who invites is named once.
function senderOf({ brand, application }: { brand: Pick<Brand, 'name'>; application: string }) {
  const name = brand.name === undefined ? '' : oneLine(brand.name);
  return name === '' || name === oneLine(application) ? undefined : name;
}

const isBound = (view: MailView): boolean => view.kind === 'invitation' && view.isBound;

function validity(view: MailView): string[] {
  if (view.kind === 'finalized') return [];
  const { validUntil, personal } = wordsOf(view.language);
  return [`${fill(validUntil, { date: dateText(view.expiresAt, view.language) })} ${personal}`];
}

/** Whatever else an address could be in a mail program is none that anybody follows from here. */
function linkOf(link: string): string {
  const { protocol, hostname, href } = new URL(link);
  const isLoopback = protocol === 'http:' && hostname === '127.0.0.1';
  if (protocol !== 'https:' && !isLoopback) throw new Error('The link of a mail is no https address.');
  return href;
}
