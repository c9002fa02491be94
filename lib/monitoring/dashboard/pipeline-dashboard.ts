import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { StageProps } from '../../stage-props';
import { STAGES, type Stage } from '../alarm-kinds';
import { RunbookAlarm } from '../runbook-alarm';
import { alarmStates } from './alarm-states';
import { type DashboardSubjects, type Graph, STAGE_GRAPHS } from './stage-graphs';

export interface PipelineDashboardProps extends DashboardSubjects, Pick<StageProps, 'runbookUrl'> {}

/** Columns that CloudWatch has. */
const COLUMNS = 24;
const ALARM_COLUMNS = 6;
const WORD_COLUMNS = 3;
const GRAPH_HEIGHT = 5;

/**
 * The pipeline at a glance, in the order of the sentence: first which alarms are on, then a row per stage. Made
 * last, because it shows every alarm that it finds in the stack around it.
 */
export class PipelineDashboard extends Construct {
  readonly dashboardName: string;

  constructor(scope: Construct, id: string, props: PipelineDashboardProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const alarms = stack.node.findAll().filter((node) => node instanceof RunbookAlarm);
    this.dashboardName = stack.stackName;
    new Dashboard(this, 'Dashboard', {
      dashboardName: this.dashboardName,
      defaultInterval: Duration.hours(3),
      widgets: [
        [...alarmStates(alarms, ALARM_COLUMNS), howToRead(props.runbookUrl)],
        ...STAGES.map((stage) => rowOf(stage, props)),
      ],
    });
  }
}

function howToRead(runbookUrl: string): IWidget {
  const page = runbookUrl.startsWith('https://') ? `[runbook](${runbookUrl})` : `runbook (\`${runbookUrl}\`)`;
  const markdown = `An empty box is well. A red name is an alarm: click it, read its description, follow the ${page}.`;
  return new TextWidget({ width: ALARM_COLUMNS, height: 3, markdown });
}

function rowOf(stage: Stage, subjects: DashboardSubjects): IWidget[] {
  const { words, graphs } = STAGE_GRAPHS[stage];
  const all = graphs(subjects);
  const width = Math.floor((COLUMNS - WORD_COLUMNS) / all.length);
  const word = new TextWidget({
    width: WORD_COLUMNS,
    height: GRAPH_HEIGHT,
    markdown: `## ${stage}\n${words}`,
  });
  return [word, ...all.map((graph) => widgetOf(graph, width))];
}

// From zero, so that a quiet line lies at the bottom and does not look like a mountain.
function widgetOf({ title, lines }: Graph, width: number): IWidget {
  const leftYAxis = { min: 0, showUnits: false };
  return new GraphWidget({ title, left: [...lines], width, height: GRAPH_HEIGHT, leftYAxis });
}
