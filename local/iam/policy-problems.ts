import { isObject } from '../template/template';
import { unknownConditions } from './condition';
import { managedPolicy } from './managed-policies';

/**
 * What of the policies in a resource the local run cannot judge, seen before anything is created: values may still
 * be intrinsic functions, and conditions and names of managed policies are plain text all the same.
 */
export function policyProblems(properties: unknown): string[] {
  if (Array.isArray(properties)) return properties.flatMap(policyProblems);
  if (!isObject(properties)) return [];
  const own = [
    ...(isObject(properties.Condition) ? unknownConditions(properties.Condition) : []),
    ...(properties.NotPrincipal === undefined ? [] : ['NotPrincipal']),
    ...managedNames(properties.ManagedPolicyArns)
      .filter((name) => managedPolicy(`arn:aws:iam::aws:policy/${name}`) === undefined)
      .map((name) => `managed policy ${name}`),
  ];
  return [...own, ...Object.values(properties).flatMap(policyProblems)];
}

/** Names in ARNs that are put together of texts and the partition. */
function managedNames(arns: unknown): string[] {
  if (!Array.isArray(arns)) return [];
  return arns.flatMap((arn) => /:policy\/([\w+=,.@/-]+)/.exec(JSON.stringify(arn))?.[1] ?? []);
}
