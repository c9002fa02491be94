import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from '../local-error';
import { isObject, type Template } from './template';

/** A stack of a synthesized cloud assembly, with the means to find its files. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** The file or folder that a deployment would upload to this place; undefined when there is none. */
  asset(bucket: string, key: string): string | undefined;
}

interface Artifact {
  readonly type: string;
  readonly properties?: Record<string, unknown>;
}

/** Reads a `cdk.out`. With several stacks, the artifact's id says which. Fails with `assembly-...`. */
export function loadAssembly(directory: string, pseudo: Record<string, string>, stack?: string): Assembly {
  const artifacts = readJson(directory, 'manifest.json').artifacts as Record<string, Artifact>;
  const [id, artifact] = chooseStack(artifacts, directory, stack);
  const files = assetFiles(directory, artifacts, pseudo);
  const properties = artifact.properties ?? {};
  return {
    stackName: String(properties.stackName ?? id),
    template: readTemplate(join(directory, String(properties.templateFile))),
    asset: (bucket, key) => files.get(`${bucket}/${key}`),
  };
}

export function readTemplate(file: string): Template {
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}

function chooseStack(
  artifacts: Record<string, Artifact>,
  directory: string,
  wanted?: string,
): [string, Artifact] {
  const stacks = Object.entries(artifacts).filter(
    ([, artifact]) => artifact.type === 'aws:cloudformation:stack',
  );
  const chosen = wanted === undefined ? stacks : stacks.filter(([id]) => id === wanted);
  if (chosen[0] && chosen.length === 1) return chosen[0];
  const names = stacks.map(([id]) => id).join(', ') || 'none';
  throw new LocalError(
    'assembly-stack',
    `${directory} holds these stacks: ${names}. One must be chosen, ${wanted ?? 'none'} was.`,
  );
}

function assetFiles(
  directory: string,
  artifacts: Record<string, Artifact>,
  pseudo: Record<string, string>,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    const files = readJson(directory, String(artifact.properties?.file)).files;
    for (const file of Object.values(isObject(files) ? files : {}))
      addDestinations(found, directory, file, pseudo);
  }
  return found;
}

function addDestinations(
  found: Map<string, string>,
  directory: string,
  file: unknown,
  pseudo: Record<string, string>,
): void {
  if (!isObject(file) || !isObject(file.source) || !isObject(file.destinations)) return;
  for (const destination of Object.values(file.destinations)) {
    if (!isObject(destination)) continue;
    const bucket = String(destination.bucketName).replace(
      /\$\{([^}]+)\}/g,
      (whole, name: string) => pseudo[name] ?? whole,
    );
    found.set(`${bucket}/${String(destination.objectKey)}`, join(directory, String(file.source.path)));
  }
}

function readJson(directory: string, file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(directory, file), 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new LocalError(
      'assembly-unreadable',
      `${join(directory, file)} cannot be read: ${(error as Error).message}`,
    );
  }
}
