import { renderMailHtml } from './mail-html';
import type { MailText } from './mail-text';
import { mailText } from './mail-text';
import type { MailView } from './mail-view';

export interface RenderedMail {
  /** One line, without control characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail as it is sent, in two forms that say the same. Throws where the link is none to follow. */
export function renderMail(view: MailView): RenderedMail {
  const text = mailText(view);
  return {
    subject: text.subject,
    text: plainText(text),
    html: renderMailHtml(text, view.language, view.brand.colors),
  };
}

/** The link is on a line of its own, so that no mail program ends it too early. */
function plainText({ sender, heading, lead, button, link, notes }: MailText): string {
  const head = sender === undefined ? [] : [sender];
  return `${[...head, heading, ...lead, `${button}\n${link}`, ...notes].join('\n\n')}\n`;
}
