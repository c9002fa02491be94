import type { Clock } from '../../clock';
import type { RunLog } from '../../run-log';

/** A mail that a topic sent. To whom is left out: an address is nobody's business in a log. */
export interface Mail {
  /** Virtual time. */
  readonly time: string;
  readonly topic: string;
  readonly subject: string;
  readonly text: string;
}

/** All of them are in the log. */
const MOST_MAILS = 100;

/** Where mails of e-mail subscriptions end, since the local run reaches nobody. */
export class Outbox {
  private mails: Mail[] = [];

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly log: Pick<RunLog, 'write'>,
  ) {}

  send(topicArn: string, subject: string | undefined, text: string): void {
    const time = new Date(this.clock.now()).toISOString();
    const topic = topicArn.split(':').at(-1) ?? '';
    const mail = { time, topic, subject: subject ?? 'AWS Notification Message', text };
    this.mails = [mail, ...this.mails.slice(0, MOST_MAILS - 1)];
    this.log.write('mails', JSON.stringify(mail));
  }

  /** The latest first. */
  list(): readonly Mail[] {
    return this.mails;
  }
}
