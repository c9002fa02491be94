/** `1 message`, `2 messages`, `at least 1,000 messages`: for words whose plural ends in s. */
export function countOf(count: number, word: string, atLeast = false): string {
  const number = count.toLocaleString('en-US');
  return `${atLeast ? 'at least ' : ''}${number} ${word}${count === 1 ? '' : 's'}`;
}
