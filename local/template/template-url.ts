import { LocalError } from '../local-error';
import { type Assembly, readTemplate } from './assembly';
import type { Template } from './template';

/** The template of a nested stack, found as a deployment would: by the address it was uploaded to. */
export function nestedTemplate(assembly: Assembly, templateUrl: string): Template {
  const [, bucket, key] = /^https:\/\/s3\.[^/]+\/([^/]+)\/(.+)$/.exec(templateUrl) ?? [];
  const file = bucket && key ? assembly.asset(bucket, key) : undefined;
  if (!file)
    throw new LocalError('assembly-asset', `No asset of the assembly is uploaded to ${templateUrl}.`);
  return readTemplate(file);
}
