export interface AlarmSummary {
  readonly name: string;
  readonly state: string;
  /** False when somebody switched off what it does. */
  readonly isOn: boolean;
}

export interface Alarms {
  /** Every alarm of the stack that tells this topic, which others may tell too. */
  telling(topicArn: string, stackName: string): Promise<AlarmSummary[]>;
}
