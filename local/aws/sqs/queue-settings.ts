/** Seconds, as the queue's attributes say. */
export interface QueueSettings {
  readonly visibilityTimeout: number;
  readonly delay: number;
}

const AWS_DEFAULTS: QueueSettings = { visibilityTimeout: 30, delay: 0 };

/** Settings of queues by name, kept because the emulator knows them only unscaled. */
export class QueueSettingsByName {
  private readonly known = new Map<string, QueueSettings>();

  of(queue: string): QueueSettings {
    return this.known.get(queue) ?? AWS_DEFAULTS;
  }

  remember(queue: string, attributes: Record<string, unknown>): void {
    const before = this.of(queue);
    this.known.set(queue, {
      visibilityTimeout: Number(attributes.VisibilityTimeout ?? before.visibilityTimeout),
      delay: Number(attributes.DelaySeconds ?? before.delay),
    });
  }
}
