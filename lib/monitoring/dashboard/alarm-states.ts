import { Aws } from 'aws-cdk-lib';
import { ConcreteWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_KINDS, STAGES, type Stage } from '../alarm-kinds';
import type { RunbookAlarm } from '../runbook-alarm';

/** As many as CloudWatch shows in one widget. */
const MOST_ALARMS = 100;
const HEIGHT = 3;

/**
 * Alarms that are on, and none that is well: an empty box is the good news. By names, because a reference to an
 * alarm in a nested stack would be an output of it, and hundreds of them would be too many.
 */
class AlarmsThatAreOn extends ConcreteWidget {
  constructor(
    width: number,
    private readonly title: string,
    private readonly names: readonly string[],
  ) {
    super(width, HEIGHT);
  }

  override toJson(): object[] {
    const properties = { title: this.title, states: ['ALARM'], alarms: this.names.map(arnOf) };
    const { width, height, x, y } = this;
    return [{ type: 'alarm', width, height, x, y, properties }];
  }
}

/** The state of all alarms, stage by stage: a box each, or more where a stage has more than fit into one. */
export function alarmStates(alarms: readonly RunbookAlarm[], width: number): ConcreteWidget[] {
  return STAGES.flatMap((stage) => {
    const names = namesOf(alarms, stage);
    const parts = Math.ceil(names.length / MOST_ALARMS);
    return Array.from({ length: parts }, (_, part) => {
      const title = parts === 1 ? stage : `${stage} (${part + 1} of ${parts})`;
      return new AlarmsThatAreOn(width, title, names.slice(part * MOST_ALARMS, (part + 1) * MOST_ALARMS));
    });
  });
}

function namesOf(alarms: readonly RunbookAlarm[], stage: Stage): string[] {
  return alarms.filter(({ kind }) => ALARM_KINDS[kind].stage === stage).map(({ plainName }) => plainName);
}

function arnOf(name: string): string {
  return `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:${name}`;
}
