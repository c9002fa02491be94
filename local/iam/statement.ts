import * as z from 'zod';
import { LocalError } from '../local-error';
import type { Conditions } from './condition';
import { unknownConditions } from './condition';

/** Patterns, and whether they say what is meant or what is not. */
export interface Selection {
  readonly patterns: readonly string[];
  readonly inverted: boolean;
}

/** ARNs, account ids or `*` of principals, and names of services. */
export interface PrincipalPatterns {
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

export interface Statement {
  readonly sid?: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Only policies of resources say who. */
  readonly principals?: PrincipalPatterns | undefined;
  readonly actions: Selection;
  readonly resources: Selection;
  readonly conditions: Conditions;
}

const asList = (value: unknown) => (Array.isArray(value) ? value : [value]);
const texts = z.preprocess(asList, z.array(z.string()).min(1));
const values = z.preprocess(
  asList,
  z.array(z.union([z.string(), z.boolean(), z.number()]).transform(String)),
);
const principal = z.preprocess(
  (value) => (value === '*' ? { AWS: '*' } : value),
  z.strictObject({ AWS: texts.optional(), Service: texts.optional() }),
);
const STATEMENT = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principal.optional(),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), values)).default({}),
});
const DOCUMENT = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.preprocess(asList, z.array(STATEMENT)),
});

/** Reads a policy document. What the local run cannot judge it refuses by name. */
export function readStatements(document: unknown): Statement[] {
  const result = DOCUMENT.safeParse(document);
  if (!result.success) throw refused(z.prettifyError(result.error).replaceAll('\n', ' '));
  return result.data.Statement.map(toStatement);
}

function toStatement(statement: z.output<typeof STATEMENT>): Statement {
  const { Sid, Effect, Principal, Action, NotAction, Resource, NotResource, Condition } = statement;
  const unknown = unknownConditions(Condition);
  if (unknown.length > 0) throw refused(`${unknown.join(', ')} is not known`);
  if (JSON.stringify(statement).includes('${')) throw refused('policy variables are not known');
  return {
    sid: Sid,
    effect: Effect,
    principals: Principal && { aws: Principal.AWS ?? [], services: Principal.Service ?? [] },
    actions: selection('Action', Action, NotAction),
    // A role's trust policy is about the role itself and names no resource.
    resources: selection('Resource', Resource ?? (NotResource ? undefined : ['*']), NotResource),
    conditions: Condition,
  };
}

function selection(name: string, is: string[] | undefined, isNot: string[] | undefined): Selection {
  if (is && isNot) throw refused(`${name} and Not${name} in one statement`);
  const patterns = is ?? isNot;
  if (!patterns) throw refused(`a statement without ${name}`);
  return { patterns, inverted: is === undefined };
}

function refused(words: string): LocalError {
  return new LocalError('template-unsupported', `policy: ${words}`);
}
