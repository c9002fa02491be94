import { BANNER_START } from '../../auth0-actions/banner';
import { splitMark } from './secrets-mark';
import type { ActionContent, TenantAction } from './tenant';
import type { WantedAction } from './wanted-action';

/** In what an Action in the tenant is not as it is to be. */
export type Difference = 'code' | 'runtime' | 'dependencies' | 'trigger version' | 'secrets';

/** Secrets that were sent together are of the same moment; one that was edited by hand is of another. */
const SAME_MOMENT_MS = 60_000;

type Claim = Pick<WantedAction, 'trigger' | 'stack'>;

/** Our name, our trigger, code that begins as ours does, and no mark of another stack: else it is somebody else's. */
export function isOurs(action: TenantAction, wanted: Claim): boolean {
  const isOfPunctual = codesOf(action).some((code) => code.startsWith(BANNER_START));
  return action.draft.trigger.id === wanted.trigger.id && isOfPunctual && !otherStackOf(action, wanted);
}

/** The other stack of Punctual that the Action belongs to. */
export function otherStackOf(action: TenantAction, { stack }: Pick<Claim, 'stack'>): string | undefined {
  const stacks = codesOf(action).flatMap((code) => splitMark(code).stack ?? []);
  return stacks.find((marked) => marked !== stack);
}

function codesOf({ draft, deployed }: TenantAction): string[] {
  return [draft.code, deployed?.code ?? ''];
}

export function differencesOf(wanted: WantedAction, found: ActionContent): Difference[] {
  const differs: Readonly<Record<Difference, boolean>> = {
    code: splitMark(found.code).code.trimEnd() !== wanted.bundle.trimEnd(),
    runtime: found.runtime !== wanted.runtime,
    dependencies: found.dependencies.length > 0,
    'trigger version': found.trigger.version !== wanted.trigger.version,
    secrets: secretsDiffer(wanted, found),
  };
  return (Object.keys(differs) as Difference[]).filter((name) => differs[name]);
}

function secretsDiffer(wanted: WantedAction, { code, secrets }: ActionContent): boolean {
  const names = (list: readonly { readonly name: string }[]) =>
    JSON.stringify(list.map(({ name }) => name).sort());
  const times = secrets.map(({ updatedAt }) => Date.parse(updatedAt));
  const wasEdited = Math.max(...times) - Math.min(...times) > SAME_MOMENT_MS;
  return (
    splitMark(code).mark !== splitMark(wanted.code).mark ||
    splitMark(code).stack !== wanted.stack ||
    names(secrets) !== names(wanted.secrets) ||
    wasEdited
  );
}
