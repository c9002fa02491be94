import { type Line, type Style, styled } from '../../terminal/line';
import { renderTable } from '../../terminal/table';
import type { ActionPlan } from './plan-action';
import type { Binding } from './tenant';

const SIGNS: Readonly<Record<ActionPlan['step'], readonly [sign: string, style: Style]>> = {
  create: ['+', 'green'],
  update: ['~', 'yellow'],
  deploy: ['~', 'yellow'],
  none: ['=', 'dim'],
  foreign: ['!', 'red'],
};

/** What would become of the Action and of the list of its trigger. */
export function describePlan(plan: ActionPlan, width: number): Line[] {
  const { step, wanted } = plan;
  const [sign, style] = SIGNS[step];
  return [
    [
      styled(style, `${sign} ${VERBS[step]}`),
      ` ${wanted.name}${reasonOf(plan)}`,
      styled('dim', sizeOf(plan)),
    ],
    ...(step === 'foreign' ? [] : [bindingLine(plan)]),
    '',
    ...describeBindings(wanted.trigger.id, plan.before, plan.after, width),
  ];
}

const VERBS: Readonly<Record<ActionPlan['step'], string>> = {
  ...{ create: 'create', update: 'update', deploy: 'deploy', none: 'equal', foreign: 'not ours' },
};

function reasonOf({ step, differences }: ActionPlan): string {
  return step === 'update' ? `: ${differences.join(', ') || 'its build failed'}` : '';
}

function sizeOf({ step, wanted }: ActionPlan): string {
  if (step === 'none' || step === 'foreign') return '';
  return ` (${Buffer.byteLength(wanted.code)} bytes, ${wanted.runtime}, ${wanted.secrets.length} secrets)`;
}

function bindingLine({ before, after, wanted }: ActionPlan): Line {
  if (after.length > before.length)
    return [styled('green', '+ bind'), ` to ${wanted.trigger.id}, at the end`];
  if (after.length < before.length)
    return [styled('yellow', '~ bound'), ` to ${wanted.trigger.id} more than once`];
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
export function planToJson({ wanted, found, step, differences, before, after }: ActionPlan): object {
  const names = (list: readonly Binding[]) => list.map(({ displayName }) => displayName);
  return {
    ...{ name: wanted.name, ...(found === undefined ? {} : { id: found.id }) },
    ...{ step, differences, trigger: wanted.trigger.id },
    bindings: { before: names(before), after: names(after) },
  };
}
