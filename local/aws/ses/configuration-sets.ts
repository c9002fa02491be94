/** What an event destination of a configuration set is told of. */
export interface EventDestination {
  readonly topicArn: string;
  /** Spelled as CloudFormation does, such as `bounce`. */
  readonly types: readonly string[];
}

/** What a set was made with, in the words of SES's interface. */
export type SetSettings = Readonly<Record<string, unknown>>;

/** The configuration sets of a run, and who hears of the mails that name them. */
export class ConfigurationSets {
  private readonly sets = new Map<string, EventDestination[]>();
  private readonly settings = new Map<string, SetSettings>();

  add(name: string, settings: SetSettings = {}): void {
    this.sets.set(name, []);
    this.settings.set(name, settings);
  }

  settingsOf(name: string): SetSettings {
    return this.settings.get(name) ?? {};
  }

  /** False when there is no such set. */
  addDestination(name: string, destination: EventDestination): boolean {
    this.sets.get(name)?.push(destination);
    return this.sets.has(name);
  }

  has(name: string): boolean {
    return this.sets.has(name);
  }

  /** Topics that hear of events of `type`. */
  topicsFor(name: string, type: string): string[] {
    const told = (this.sets.get(name) ?? []).filter(({ types }) => types.includes(type));
    return told.map(({ topicArn }) => topicArn);
  }
}
