import type { Line } from '../../terminal/line';

/** What is to be done next, in order. */
export function describeSteps(steps: readonly (readonly [words: string, command: string])[]): Line[] {
  return [
    'Next:',
    ...steps.flatMap(([words, command], index) => [`  ${index + 1}. ${words}`, `     ${command}`]),
  ];
}
