import { parseRevisions } from '../../auth0-actions/revisions';
import { type Line, type Style, styled } from '../../terminal/line';
import { renderTable } from '../../terminal/table';
import { sameBindings } from './merge-bindings';
import type { ActionPlan } from './plan-action';
import type { StreamPlan } from './plan-stream';
import type { Binding } from './tenant';

const SIGNS: Readonly<Record<ActionPlan['step'], readonly [sign: string, style: Style]>> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  deploy: ['~', 'yellow'],
  none: ['=', 'dim'],
  foreign: ['!', 'red'],
  unavailable: ['!', 'yellow'],
};

/** What would become of each, with a line between them. */
export function describePlans(plans: readonly ActionPlan[], width: number): Line[] {
  return plans.flatMap((plan, index) => [...(index === 0 ? [] : ['']), ...describePlan(plan, width)]);
}

/** What would become of the Action, and of the list of its trigger or its stream. */
function describePlan(plan: ActionPlan, width: number): Line[] {
  const { step, wanted, stream } = plan;
  const [sign, style] = SIGNS[step];
  const action: Line = [
    styled(style, `${sign} ${VERBS[step]}`),
    ` ${wanted.name}${reasonOf(plan)}`,
    styled('dim', sizeOf(plan)),
  ];
  if (step === 'unavailable') return [action];
  if (stream !== undefined) return [action, ...(step === 'foreign' ? [] : [streamLine(stream)])];
  return [
    action,
    ...(step === 'foreign' ? [] : [...revisionLines(plan), bindingLine(plan)]),
    '',
    ...describeBindings(wanted.trigger.id, plan.before, plan.after, width),
  ];
}

const VERBS: Readonly<Record<ActionPlan['step'], string>> = {
  ...{ create: 'create', update: 'update', deploy: 'deploy', none: 'equal', foreign: 'not ours' },
  unavailable: 'left out',
};

const STREAM_SIGNS: Readonly<Record<StreamPlan['step'], readonly [verb: string, style: Style]>> = {
  create: ['+ create', 'green'],
  update: ['~ change', 'yellow'],
  none: ['= equal', 'dim'],
  foreign: ['! not ours', 'red'],
};

function streamLine({ step, wanted, found, differences }: StreamPlan): Line {
  const [verb, style] = STREAM_SIGNS[step];
  const why = differences.length === 0 ? '' : `: ${differences.join(', ')}`;
  return [styled(style, verb), ` event stream ${found?.name ?? wanted.name}${why}`];
}

/** Since when each revision counts, and which are new: those make the users who come back be told of again. */
function revisionLines(plan: ActionPlan): Line[] {
  return revisionsOf(plan).map(({ rev, since, isNew }) =>
    isNew
      ? [
          styled('yellow', '~ revision'),
          ` ${rev} is new: those who come back are told of over login.rampHours`,
        ]
      : [styled('dim', '= revision'), ` ${rev} since ${since}`],
  );
}

function revisionsOf({ wanted, found }: ActionPlan) {
  const known = parseRevisions(found?.deployed?.code ?? '');
  return [...parseRevisions(wanted.bundle)].map(([rev, since]) => ({
    ...{ rev, since: new Date(since).toISOString() },
    // Nobody has a flag of a tenant's first one.
    isNew: known.size > 0 && !known.has(rev),
  }));
}

function reasonOf({ step, differences }: ActionPlan): string {
  if (step === 'unavailable') return ': the tenant has no event streams';
  return step === 'update' ? `: ${differences.join(', ') || 'its build failed'}` : '';
}

function sizeOf({ step, wanted }: ActionPlan): string {
  if (step === 'none' || step === 'foreign' || step === 'unavailable') return '';
  return ` (${Buffer.byteLength(wanted.code)} bytes, ${wanted.runtime}, ${countOf(wanted.secrets.length)})`;
}

const countOf = (secrets: number) => (secrets === 0 ? 'no secrets' : `${secrets} secrets`);

function bindingLine({ before, after, wanted }: ActionPlan): Line {
  const isLast = after.at(-1)?.displayName === wanted.name;
  if (after.length > before.length)
    return [
      styled('green', '+ bind'),
      ` to ${wanted.trigger.id}, ${isLast ? 'at the end' : `before ${wanted.before}`}`,
    ];
  if (after.length < before.length)
    return [styled('yellow', '~ bound'), ` to ${wanted.trigger.id} more than once`];
  if (!sameBindings(before, after))
    return [styled('yellow', '~ bound'), ` to ${wanted.trigger.id} after ${wanted.before}`];
  return [styled('dim', '= bound'), ` to ${wanted.trigger.id}`];
}

interface Row {
  readonly number: string;
  readonly before: string;
  readonly after: string;
}

/** Both lists side by side, in the order in which Auth0 runs them. */
export function describeBindings(
  triggerId: string,
  before: readonly Binding[],
  after: readonly Binding[],
  width: number,
): Line[] {
  const most = Math.max(before.length, after.length);
  const rows = Array.from({ length: most }, (_, index) => ({
    number: String(index + 1),
    before: before[index]?.displayName ?? '',
    after: after[index]?.displayName ?? '',
  }));
  if (rows.length === 0) return [`Bindings of ${triggerId}: none`];
  const columns = [
    { title: '', text: ({ number }: Row) => number, align: 'right' as const },
    { title: 'before', text: (row: Row) => row.before },
    { title: 'after', text: (row: Row) => row.after, flexible: true },
  ];
  return [`Bindings of ${triggerId}`, ...renderTable(columns, rows, width)];
}

/** The same for scripts. */
export function planToJson(plan: ActionPlan): object {
  const { wanted, found, step, differences } = plan;
  return {
    ...{ name: wanted.name, ...(found === undefined ? {} : { id: found.id }) },
    ...{ step, differences, trigger: wanted.trigger.id },
    ...(revisionsOf(plan).length === 0 ? {} : { revisions: revisionsOf(plan) }),
    ...attachmentToJson(plan),
  };
}

function attachmentToJson({ wanted, before, after, stream }: ActionPlan): object {
  if (wanted.stream === undefined) {
    const names = (list: readonly Binding[]) => list.map(({ displayName }) => displayName);
    return { bindings: { before: names(before), after: names(after) } };
  }
  if (stream === undefined) return {};
  const { step, found, differences } = stream;
  return { stream: { name: found?.name ?? stream.wanted.name, step, differences } };
}
