import { STAGES } from '../../../lib/monitoring/alarm-kinds';
import { alarmsOf, resolveValue } from '../helpers/alarms';
import { METRICS_OF_AWS, metricsOfOurs, typeOf } from '../helpers/known-metrics';
import { only, type Synthesized, synthesize } from '../helpers/synthesize';

interface Widget {
  readonly type: 'alarm' | 'metric' | 'text';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: string[];
    readonly states?: string[];
    readonly metrics?: unknown[][];
  };
}

/** The widgets as CloudWatch gets them, with `<root logical id>` where CloudFormation fills in a name. */
function widgetsOf(stacks: Synthesized): Widget[] {
  const [, { Properties }] = only(stacks.all('AWS::CloudWatch::Dashboard'));
  const [, parts] = (Properties.DashboardBody as { 'Fn::Join': ['', unknown[]] })['Fn::Join'];
  const text = parts.map((part) => resolveValue('root', part)).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

function systems(count: number): Parameters<typeof synthesize>[1] {
  const one = { kind: 'scim', baseUrl: 'https://crm.example.com' } as const;
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`system-${index}`, one]));
}

const stacks = synthesize();
const widgets = widgetsOf(stacks);
const many = synthesize({}, systems(60));
const graphs = (all: Widget[]) => all.filter(({ type }) => type === 'metric');
const boxes = (all: Widget[]) => all.filter(({ type }) => type === 'alarm');

describe('the dashboard', () => {
  test('has the name of the stack, which is an output', () => {
    stacks.root.hasResourceProperties('AWS::CloudWatch::Dashboard', {
      DashboardName: 'UserProvisioning-test',
    });
    stacks.root.hasOutput('DashboardName', { Value: 'UserProvisioning-test' });
  });

  test('begins with the alarms that are on, a box for each stage', () => {
    expect(boxes(widgets).map(({ properties }) => properties.title)).toEqual([...STAGES]);
    for (const { properties, y } of boxes(widgets)) {
      expect(properties.states).toEqual(['ALARM']);
      for (const graph of graphs(widgets)) expect(y).toBeLessThan(graph.y);
    }
  });

  test.each([
    ['two systems', stacks],
    ['sixty systems', many],
  ])('shows each alarm once, and no box more than CloudWatch takes, with %s', (_, synthesized) => {
    const shown = boxes(widgetsOf(synthesized)).map(({ properties }) => properties.alarms ?? []);
    const names = shown.flat().map((arn) => arn.split(':alarm:')[1]);
    const existing = alarmsOf(synthesized).map(({ name }) => name);
    expect(names.toSorted()).toEqual(existing.toSorted());
    for (const alarms of shown) {
      expect(alarms.length).toBeGreaterThan(0);
      expect(alarms.length).toBeLessThanOrEqual(100);
    }
  });

  test('has a row for every stage, in the order of the sentence, with two or three graphs', () => {
    const words = widgets.filter(({ properties }) => properties.markdown?.startsWith('## '));
    expect(words.map(({ properties }) => /^## (.+)$/m.exec(properties.markdown ?? '')?.[1])).toEqual([
      ...STAGES,
    ]);
    const rows = words.toSorted((one, other) => one.y - other.y);
    expect(rows).toEqual(words);
    for (const { y } of words) {
      const row = graphs(widgets).filter((graph) => graph.y === y);
      expect([2, 3]).toContain(row.length);
    }
  });

  test('fits into the 24 columns without one widget on another', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) => {
      expect(x + width).toBeLessThanOrEqual(24);
      return Array.from(
        { length: width * height },
        (_, i) => `${x + (i % width)} ${y + Math.floor(i / width)}`,
      );
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  test('has the same graphs for sixty systems as for two', () => {
    expect(JSON.stringify(graphs(widgetsOf(many)).map(({ properties }) => properties))).toBe(
      JSON.stringify(graphs(widgets).map(({ properties }) => properties)),
    );
  });

  test('draws only what AWS or our functions measure', async () => {
    const ours = await metricsOfOurs(stacks);
    const drawn = graphs(widgets).flatMap(({ properties }) => properties.metrics ?? []);
    expect(drawn.length).toBeGreaterThan(15);
    for (const line of drawn) expect(unknownOf(line, ours)).toBeUndefined();
  });
});

const SEARCH = /^SEARCH\('\{(\w+),(\w+),(\w+)\} Environment="test" MetricName="(\w+)"', '\w+', 300\)$/;

/** What is wrong with a line of a graph: a search of our metrics, or a metric with its dimensions. */
function unknownOf(line: unknown[], ours: readonly string[]): string | undefined {
  const [first] = line as [{ expression?: string } | string];
  if (typeof first === 'object') {
    const [, namespace, one, other, name] = SEARCH.exec(first.expression ?? '') ?? [];
    const metric = `${namespace} ${name} {${one}, ${other}}`;
    return ours.includes(metric) ? undefined : `nobody writes ${metric}`;
  }
  const [namespace, name, ...rest] = line.filter((part) => typeof part === 'string');
  if (rest.length === 0 && ours.includes(`${namespace} ${name} {}`)) return undefined;
  const dimensions = Object.fromEntries(
    rest.flatMap((key, i) => (i % 2 === 0 ? [[key, typeOf(stacks, String(rest[i + 1]))]] : [])),
  );
  if (ours.includes(`${namespace} ${name} {Environment}`) && rest.join() === 'Environment,test')
    return undefined;
  const expected = METRICS_OF_AWS[`${namespace} ${name}`];
  const isKnown = JSON.stringify(dimensions) === JSON.stringify(expected);
  return isKnown ? undefined : `${namespace} ${name} ${JSON.stringify(dimensions)}`;
}
