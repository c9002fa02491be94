import type { ActiveStatement } from './evaluate';
import type { Selection, Statement } from './statement';

/** One action on one resource of one statement: what least privilege is counted in. */
export interface Grant {
  /** Where it is written: stack path and logical id, or the managed policy of a role. */
  readonly policy: string;
  /** ARN of the role or resource whose policy it is. */
  readonly owner: string;
  readonly effect: Statement['effect'];
  readonly sid?: string | undefined;
  /** As written, with wildcards. */
  readonly action: string;
  /** As written; of a managed policy `*`. */
  readonly resource: string;
}

/** A policy on a role or resource, of which single grants can be taken away while the run goes on. */
export class Policy {
  private readonly taken = new Set<string>();

  constructor(
    readonly id: string,
    readonly owner: string,
    private readonly statements: readonly Statement[],
    /** A managed policy is attached or not; its statements are AWS's. */
    private readonly isManaged = false,
  ) {}

  active(): ActiveStatement[] {
    return this.statements.map((statement, index) => ({
      statement,
      isGranted: (action, resource) => !this.taken.has(this.keyOf(index, action, resource)),
    }));
  }

  grants(): Grant[] {
    const { id: policy, owner } = this;
    if (this.isManaged) return [{ policy, owner, effect: 'Allow', action: '*', resource: '*' }];
    return this.statements.flatMap(({ sid, effect, actions, resources }) =>
      namesOf(actions).flatMap((action) =>
        namesOf(resources).map((resource) => ({ policy, owner, effect, sid, action, resource })),
      ),
    );
  }

  /** Takes the grant out of force; gives what puts it back. */
  take(grant: Grant): () => void {
    const keys = this.statements.flatMap((statement, index) =>
      isOf(statement, grant) ? [this.keyOf(index, grant.action, grant.resource)] : [],
    );
    for (const key of keys) this.taken.add(key);
    return () => {
      for (const key of keys) this.taken.delete(key);
    };
  }

  private keyOf(index: number, action: string, resource: string): string {
    return this.isManaged ? '*' : `${index} ${action} ${resource}`;
  }
}

function isOf({ effect, sid }: Statement, grant: Grant): boolean {
  return effect === grant.effect && sid === grant.sid;
}

/** What is excluded cannot be taken apart. */
function namesOf({ patterns, inverted }: Selection): readonly string[] {
  return inverted ? [patterns.join(' ')] : patterns;
}
