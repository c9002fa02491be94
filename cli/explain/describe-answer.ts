import type { ExplainedAttribute, ExplainedRequest, ExplainedStep } from '../../events/explanation';
import { type Line, type Style, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { Answer } from './ask-workers';

const STYLES: Readonly<Record<ExplainedStep['is'], Style>> = {
  well: 'green',
  stops: 'yellow',
  unknown: 'red',
};
/** Columns of `  1 scope  `. */
const MARGIN = 11;
const INDENT = ' '.repeat(MARGIN);

/** What a system said: five numbered lines, each with what it is made of below. */
export function describeAnswer(answer: Answer, width: number): Line[] {
  const { system } = answer;
  if ('error' in answer) {
    const { code, message, hint } = answer.error;
    const words = `${code}: ${message}.${hint === undefined ? '' : ` ${hint}.`}`;
    return ['', [styled('bold', system)], ...indented(words, width, 2)];
  }
  const { steps, lastFailure } = answer.explanation;
  return [
    '',
    [styled('bold', system)],
    ...steps.flatMap((step, index) => describeStep(step, index + 1, width)),
    ...(lastFailure === undefined
      ? []
      : indented(
          `last: ${lastFailure.state} since ${lastFailure.at} after ${lastFailure.attempts} tries. ${lastFailure.code}: ${lastFailure.words}`,
          width,
          2,
        )),
  ];
}

function describeStep(step: ExplainedStep, number: number, width: number): Line[] {
  const [first = '', ...more] = wrap(step.words, width - MARGIN);
  return [
    [`  ${number} ${step.name.padEnd(MARGIN - 4)}`, styled(STYLES[step.is], first)],
    ...more.map((line): Line => [INDENT, styled(STYLES[step.is], line)]),
    ...step.details.flatMap((detail) => indented(detail, width)),
    ...(step.attributes === undefined ? [] : describeAttributes(step.attributes, width)),
    ...step.requests.flatMap((request) => describeRequest(request, width)),
  ];
}

function describeAttributes(attributes: readonly ExplainedAttribute[], width: number): Line[] {
  return attributes.flatMap(({ to, act, value, why }) => {
    const set = act === 'set' ? ` to ${shown(value)}` : '';
    return indented(`${to}: ${act}${set}, ${why}`, width);
  });
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function describeRequest({ line, headers, body, sent, answer }: ExplainedRequest, width: number): Line[] {
  const end = sent ? `-> ${answer ?? 'no answer'}` : '(not sent)';
  return [
    ...indented(`${line} ${end}`, width),
    ...(sent
      ? []
      : Object.entries(headers).flatMap(([name, value]) => indented(`${name}: ${value}`, width, MARGIN + 2))),
    ...(sent || body === undefined ? [] : describeBody(body, width)),
  ];
}

function describeBody(body: unknown, width: number): Line[] {
  const text = typeof body === 'string' ? body : (JSON.stringify(body, null, 2) ?? '');
  return text.split('\n').flatMap((line) => {
    const depth = line.length - line.trimStart().length;
    return indented(line.trimStart(), width, MARGIN + 2 + depth);
  });
}

function indented(text: string, width: number, margin = MARGIN): Line[] {
  return wrap(text, width - margin).map((line) => `${' '.repeat(margin)}${line}`);
}
