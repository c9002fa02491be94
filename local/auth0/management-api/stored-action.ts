export type BuildStatus = 'pending' | 'building' | 'packaged' | 'built' | 'retrying' | 'failed';

export interface Secret {
  readonly name: string;
  readonly value: string;
  readonly updatedAt: string;
}

/** What one edits and what a version freezes. */
export interface Content {
  readonly code: string;
  readonly runtime: string;
  readonly dependencies: readonly { readonly name: string; readonly version: string }[];
  readonly secrets: readonly Secret[];
  readonly trigger: { readonly id: string; readonly version: string };
}

export interface Version extends Content {
  readonly id: string;
  readonly number: number;
  readonly createdAt: string;
  /** False until the deploy, which goes on after it was answered, is through. */
  deployed: boolean;
}

export interface StoredAction {
  readonly id: string;
  readonly createdAt: string;
  name: string;
  updatedAt: string;
  draft: Content;
  /** Of the draft's build; its next stages are still to come. */
  status: BuildStatus;
  nextStages: BuildStatus[];
  /** Newest last. */
  readonly versions: Version[];
}

/** The version that runs, if one does. */
export function deployedVersion({ versions }: StoredAction): Version | undefined {
  return versions.findLast(({ deployed }) => deployed);
}

/** The Action as Auth0 shows it: no value of a secret is ever in it. */
export function showAction(action: StoredAction): object {
  const deployed = deployedVersion(action);
  return {
    ...showHead(action),
    ...showContent(action.draft),
    status: action.status,
    ...(deployed === undefined ? {} : { deployed_version: showVersion(deployed) }),
    all_changes_deployed: deployed !== undefined && sameContent(action.draft, deployed),
  };
}

/** The Action inside a binding: without its draft, and with `all_changes_deployed` false whatever is the case. */
export function showBoundAction(action: StoredAction): object {
  const deployed = deployedVersion(action);
  return {
    ...showHead(action),
    ...(deployed === undefined ? {} : { deployed_version: showVersion(deployed) }),
    all_changes_deployed: false,
  };
}

export function showVersion(version: Version): object {
  const { id, number, deployed, createdAt } = version;
  const times = {
    created_at: createdAt,
    updated_at: createdAt,
    ...(deployed ? { built_at: createdAt } : {}),
  };
  return { ...showContent(version), id, number, deployed, status: 'built', ...times };
}

export function showHead({ id, name, draft, createdAt, updatedAt }: StoredAction): object {
  return { id, name, supported_triggers: [draft.trigger], created_at: createdAt, updated_at: updatedAt };
}

function showContent({ code, runtime, dependencies, secrets, trigger }: Content): object {
  const names = secrets.map(({ name, updatedAt }) => ({ name, updated_at: updatedAt }));
  return { code, dependencies, runtime, secrets: names, supported_triggers: [trigger] };
}

function sameContent(one: Content, other: Content): boolean {
  const essence = ({ code, runtime, dependencies, secrets, trigger }: Content) =>
    JSON.stringify([code, runtime, dependencies, secrets, trigger]);
  return essence(one) === essence(other);
}
