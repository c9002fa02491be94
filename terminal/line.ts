import { styleText } from 'node:util';
import { safeText } from './safe-text';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** A piece of a line, plain or in a style. */
export type Span = string | { readonly style: Style; readonly text: string };

/** A line is made of texts and never of escapes, so that no text from elsewhere can bring any. */
export type Line = string | readonly Span[];

export function styled(style: Style, text: string): Span {
  return { style, text };
}

/** The line as a terminal wants it; without `colour` as plain text. */
export function renderLine(line: Line, { colour }: { readonly colour: boolean }): string {
  return spansOf(line)
    .map((span) => (typeof span === 'string' ? safeText(span) : paint(span, colour)))
    .join('');
}

function paint({ style, text }: Exclude<Span, string>, colour: boolean): string {
  // Who asks for colour has looked at the stream it goes to, which need not be stdout.
  return colour ? styleText(style, safeText(text), { validateStream: false }) : safeText(text);
}

function spansOf(line: Line): readonly Span[] {
  return typeof line === 'string' ? [line] : line;
}
