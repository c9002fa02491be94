import { countLinks } from '../../lambdas/census/count-links';
import type { ConfigurationInput } from '../../lib/configuration';
import { ofType, sum } from './find-in-template';
import { table, writeParts } from './generated-parts';
import { type SizedTemplate, synthesizeTemplates } from './synthesize-templates';

type Templates = readonly SizedTemplate[];

/** Something that costs although nobody signs up, in us-east-1, without the free tier. */
interface IdleCost {
  readonly what: string;
  readonly dollars: number;
  readonly count: (templates: Templates) => number;
}

const RUNS_A_MONTH = (30 * 24 * 60) / 5;
const SHARDS_OF_A_SYSTEM = 4;
/** A run of 0.2 s with half a GB on arm64, and its three lines in the log. */
const DOLLARS_A_RUN = 0.2 / 1e6 + 0.2 * 0.5 * 0.0000133334 + (600 / 1e9) * 0.5;
/** Four eventual reads, and a line of measurements in the log. */
const DOLLARS_A_COUNT = SHARDS_OF_A_SYSTEM * 0.5 * (0.125 / 1e6) + (500 / 1e9) * 0.5;

const inAll = (templates: Templates, type: string) =>
  templates.flatMap(({ resources }) => ofType(resources, type));
const resources = (type: string) => (templates: Templates) => inAll(templates, type).length;
const systems = resources('AWS::CloudFormation::Stack');

function alarmMetrics(templates: Templates): number {
  const metricsOf = ({ Metrics = [{ MetricStat: {} }] }: Readonly<Record<string, unknown>>) =>
    (Metrics as { MetricStat?: object }[]).filter(({ MetricStat }) => MetricStat !== undefined).length;
  return inAll(templates, 'AWS::CloudWatch::Alarm').map(metricsOf).reduce(sum, 0);
}

// The gauges of the census are written whether anything waits or not; all other metrics with what happens.
const gauges = (templates: Templates) => systems(templates) * countLinks([]).length;
const polled = (templates: Templates) =>
  inAll(templates, 'AWS::Lambda::EventSourceMapping').filter(
    ({ ScalingConfig }) => ScalingConfig !== undefined,
  ).length;

const IDLE_COSTS: readonly IdleCost[] = [
  { what: 'KMS keys', dollars: 1, count: resources('AWS::KMS::Key') },
  { what: 'secrets', dollars: 0.4, count: resources('AWS::SecretsManager::Secret') },
  { what: 'metrics that alarms watch', dollars: 0.1, count: alarmMetrics },
  { what: 'metrics of our own, written every five minutes', dollars: 0.3, count: gauges },
  { what: 'dashboards', dollars: 3, count: resources('AWS::CloudWatch::Dashboard') },
  { what: 'queues that Lambda polls, 648,000 calls each', dollars: 0.26, count: polled },
  {
    what: 'runs of census and sweeper',
    dollars: RUNS_A_MONTH * DOLLARS_A_RUN,
    count: resources('AWS::Events::Rule'),
  },
  { what: 'systems counted by the census', dollars: RUNS_A_MONTH * DOLLARS_A_COUNT, count: systems },
];

type Kind = 'scim' | 'profile';

const A_SYSTEM: Readonly<Record<Kind, ConfigurationInput['systems'][string]>> = {
  scim: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' },
  profile: { kind: 'profile' },
};

function templatesOf(...kinds: Kind[]): SizedTemplate[] {
  return synthesizeTemplates(
    Object.fromEntries(kinds.map((kind, index) => [`system-${index}`, A_SYSTEM[kind]])),
  );
}

/** How many of it the shared stages have, and how many a further system of each kind adds. */
function counted({ count }: IdleCost, [one, scim, profile]: readonly [Templates, Templates, Templates]) {
  const [first, withScim, withProfile] = [count(one), count(scim), count(profile)];
  return [2 * first - withScim, withScim - first, withProfile - first];
}

const money = (dollars: number) => `$${(Math.ceil(Math.round(dollars * 1e5) / 1e3) / 100).toFixed(2)}`;

/** The table of docs/deploy.md. */
export function idleCostParts(): Record<string, string> {
  const stacks = [templatesOf('scim'), templatesOf('scim', 'scim'), templatesOf('scim', 'profile')] as const;
  const counts = IDLE_COSTS.map((cost) => ({ ...cost, counts: counted(cost, stacks) }));
  const totals = [0, 1, 2].map((at) =>
    counts.map((cost) => (cost.counts[at] ?? 0) * cost.dollars).reduce(sum, 0),
  );
  const cell = (times: number, dollars: number) =>
    times === 0 ? '' : `${times} = ${money(times * dollars)}`;
  const rows = counts.map(({ what, dollars, counts }) => [
    what,
    money(dollars),
    ...counts.map((times) => cell(times, dollars)),
  ]);
  const [shared = 0, scim = 0, profile = 0] = totals;
  const head = [
    'what',
    'each',
    'shared by all',
    'each system of the kind `scim`',
    'each of the kind `profile`',
  ];
  const all = ['**a month**', '', ...totals.map((total) => `**${money(total)}**`)];
  const formula = `So a month costs ${money(shared)} + ${money(scim)} for each \`scim\` + ${money(profile)} for each \`profile\`. Two of each: **${money(shared + 2 * scim + 2 * profile)}**. Sixty, half of each: **${money(shared + 30 * scim + 30 * profile)}**.`;
  return { 'idle cost': `${table(head, [...rows, all])}\n\n${formula}` };
}

if (require.main === module) writeParts('docs/deploy.md', idleCostParts());
