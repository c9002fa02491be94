import type { LocalRun } from '../local-run';

/** A resource whose properties hold no intrinsic function any more. */
export interface ResolvedResource {
  readonly logicalId: string;
  /** '' for the root stack, else the logical ids of the nested stacks joined by `/`. */
  readonly stackPath: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  /** Name that CloudFormation would generate, cut to the shortest limit of the services (64). */
  readonly physicalName: string;
}

export interface CreatedResource {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute name. */
  readonly attributes?: Record<string, string>;
}

/** One CloudFormation resource type. What it does not know it refuses by name. */
export interface ResourceType {
  readonly type: string;
  /** One line for the table of the README: supported, approximated, recorded or refused, and what. */
  readonly support: string;
  /** Properties it knows; any other is refused by name before anything is created. @default every property passes */
  readonly properties?: readonly string[];
  /** What else in the unresolved properties it does not know, in words; refused before anything is created. */
  readonly problems?: (properties: unknown) => string[];
  create(resource: ResolvedResource, run: LocalRun): Promise<CreatedResource> | CreatedResource;
}
