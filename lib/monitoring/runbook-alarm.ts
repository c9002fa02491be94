import { Lazy, NestedStack, Stack, Tags } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { TAG_KEYS } from '../stack-tags';
import type { StageProps } from '../stage-props';
import { alarmDescription } from './alarm-description';
import { ALARM_KINDS, type AlarmKindName } from './alarm-kinds';
import type { AlarmSubjects } from './console-links';

/** Goes off with the first period, and clears with the first that is well. For what is a state, not an event. */
const AT_ONCE: Evaluation = { periods: 1, breaching: 1 };
/** Goes off with the first bad period, and clears after two more that are well: for events that come now and then. */
export const UNTIL_QUIET: Evaluation = { periods: 3, breaching: 1 };
/** Two of the last three periods: one is an accident, and a good one in between does not clear the alarm. */
export const MOSTLY: Evaluation = { periods: 3, breaching: 2 };

export interface Evaluation {
  /** How many periods CloudWatch looks back. */
  readonly periods: number;
  /** How many of them must be bad. Fewer than `periods` keeps the alarm from going off and on. */
  readonly breaching: number;
}

export interface RunbookAlarmProps extends Pick<StageProps, 'alarmTopic' | 'runbookUrl'> {
  readonly kind: AlarmKindName;
  /** @default - the alarm is about a stage that all systems share */
  readonly system?: string;
  readonly metric: IMetric;
  /** The alarm goes off at this value and above, or below it with `goesOffBelow`. */
  readonly threshold: number;
  /** @default false */
  readonly goesOffBelow?: boolean;
  /** @default - one bad period */
  readonly evaluation?: Evaluation;
  /**
   * What a period without any measurement means. AWS measures nothing where nothing happens.
   *
   * @default 'well'
   */
  readonly silenceIs?: 'well' | 'bad';
  /** One sentence for the person who is woken: what happened, to what. */
  readonly words: string;
  /** What to look at in the console. */
  readonly subjects: AlarmSubjects;
}

/**
 * An alarm that tells somebody, and tells them where to read on. It says nothing when it clears: CloudWatch would
 * send that for every alarm of a new stack as well.
 */
export class RunbookAlarm extends Alarm {
  readonly kind: AlarmKindName;
  /** Its name as a plain text, which needs no reference to the stack that it is in. */
  readonly plainName: string;
  private subjects: AlarmSubjects;

  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    const plainName = nameOf(scope, props);
    const { periods, breaching } = props.evaluation ?? AT_ONCE;
    super(scope, id, {
      alarmName: plainName,
      alarmDescription: Lazy.string({
        produce: () => alarmDescription({ ...props, subjects: this.subjects }),
      }),
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.goesOffBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: breaching,
      treatMissingData:
        props.silenceIs === 'bad' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    this.kind = props.kind;
    this.plainName = plainName;
    this.subjects = props.subjects;
    this.addAlarmAction(new SnsAction(props.alarmTopic));
    Tags.of(this).add(TAG_KEYS.severity, ALARM_KINDS[props.kind].severity);
  }

  /** Has the alarm lead to `subjects` as well, which may be built after it. */
  alsoAbout(subjects: AlarmSubjects): void {
    this.subjects = { ...this.subjects, ...subjects };
  }
}

// The subject of the mail that wakes somebody, so it says what and where, and not what CloudFormation makes up.
function nameOf(scope: Construct, { kind, system }: RunbookAlarmProps): string {
  const words = kind.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
  return [rootOf(Stack.of(scope)).stackName, ...(system === undefined ? [] : [system]), words].join('-');
}

function rootOf(stack: Stack): Stack {
  return stack instanceof NestedStack && stack.nestedStackParent !== undefined
    ? rootOf(stack.nestedStackParent)
    : stack;
}
