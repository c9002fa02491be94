export interface AlarmSummary {
  readonly name: string;
  readonly state: string;
  /** False when somebody switched off what it does. */
  readonly isOn: boolean;
}

export interface Alarms {
  /** Every alarm that tells this topic. */
  telling(topicArn: string): Promise<AlarmSummary[]>;
}
