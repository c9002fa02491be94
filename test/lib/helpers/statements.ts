import type { Resource, Synthesized } from './synthesize';

/** A statement of a policy, with its actions as a list. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Principal?: unknown;
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The statements of a resource's policy document. */
export function statementsOf(resource: Resource): Statement[] {
  const { PolicyDocument, KeyPolicy } = resource.Properties;
  const document = (PolicyDocument ?? KeyPolicy) as {
    Statement: (Statement & { Action: string | string[] })[];
  };
  return document.Statement.map((statement) => ({ ...statement, Action: [statement.Action].flat() }));
}

/** The statements of the policies that are attached to `target`, such as a queue or a topic. */
export function policyOf(stacks: Synthesized, type: string, target: string): Statement[] {
  const [stack, id] = target.split(' ');
  return stacks
    .all(type)
    .filter(([name, resource]) => {
      const targets = JSON.stringify(resource.Properties.Queues ?? resource.Properties.Topics);
      return name.startsWith(`${stack} `) && targets.includes(`{"Ref":"${id}"}`);
    })
    .flatMap(([, resource]) => statementsOf(resource));
}

/** What the roles of all stacks are allowed, as `<stack> <policy>: <action> on <resource>`. */
export function grantsOf(stacks: Synthesized): { policy: string; action: string; resources: unknown[] }[] {
  return stacks
    .all('AWS::IAM::Policy')
    .flatMap(([policy, resource]) =>
      statementsOf(resource).flatMap(({ Action, Resource }) =>
        Action.map((action) => ({ policy, action, resources: [Resource].flat() })),
      ),
    );
}
