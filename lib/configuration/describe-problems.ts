import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** One line per problem: the path, what was given, what is allowed. */
export function describeProblems(issues: readonly Issue[]): string[] {
  return [...new Set(issues.flatMap(describeIssue))];
}

function describeIssue(issue: Issue): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue, key));
  if (issue.code === 'invalid_key') {
    const allowed = issue.issues.map(({ message }) => message).join('; ');
    return [line(issue.path.slice(0, -1), `the name ${show(issue.path.at(-1))}`, allowed)];
  }
  return [line(issue.path, givenOf(issue), issue.message)];
}

function unknownKey(issue: Issue, key: string): string {
  return line([...issue.path, key], 'an unknown key', issue.message);
}

function givenOf(issue: Issue): string {
  const told = issue.code === 'custom' ? issue.params?.given : undefined;
  return typeof told === 'string' ? told : show(issue.input);
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function line(path: readonly PropertyKey[], given: string, allowed: string): string {
  return `${path.map(String).join('.') || 'the configuration'}: given ${given}; allowed is ${allowed}.`;
}
