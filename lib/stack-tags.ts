import { NestedStack, type Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Ours, so that costs and resources are found by them; see docs/deploy.md. */
export const TAG_KEYS = {
  environment: 'punctual:environment',
  stage: 'punctual:stage',
  system: 'punctual:system',
  /** On alarms: `critical` or `warning`. */
  severity: 'punctual:severity',
} as const;

/** Tags everything in `stack`: with `tags`, and with the environment, the stage and the system it belongs to. */
export function tagStack(
  stack: Stack,
  environmentName: string,
  tags: Readonly<Record<string, string>>,
): void {
  for (const [key, value] of Object.entries({ ...tags, [TAG_KEYS.environment]: environmentName })) {
    Tags.of(stack).add(key, value);
  }
  for (const part of stack.node.children) {
    if (part instanceof NestedStack) tagSystem(part);
    else if (!isNestedStackResource(part)) tagStage(part);
  }
}

function tagSystem(system: NestedStack): void {
  const name = system.node.id.replace(/^System-/, '');
  Tags.of(system).add(TAG_KEYS.system, name);
  // It is a resource of the stack around it, and CloudFormation hands its tags on to all that is in it.
  if (system.nestedStackResource !== undefined) {
    Tags.of(system.nestedStackResource).add(TAG_KEYS.system, name);
  }
  system.node.children.forEach(tagStage);
}

function isNestedStackResource({ node }: Construct): boolean {
  return node.id.endsWith('.NestedStack');
}

function tagStage(stage: Construct): void {
  Tags.of(stage).add(TAG_KEYS.stage, kebabCase(stage.node.id));
}

function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
