import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { RunLog } from '../run-log';

interface AnyMail {
  readonly id: string;
  /** Virtual time. */
  readonly time: string;
  readonly subject: string;
  readonly text: string;
}

/** A mail of an e-mail subscription. To whom is left out: an address is nobody's business in a log. */
export interface TopicMail extends AnyMail {
  readonly topic: string;
}

/** A mail that SES took. */
export interface SentMail extends AnyMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly replyTo: readonly string[];
  readonly html?: string;
  readonly configurationSet?: string;
  /** By which the events of the mail name it. */
  readonly tags: Readonly<Record<string, string>>;
}

export type Mail = TopicMail | SentMail;

/** What is older is in the log, as far as it may be. */
const MOST_MAILS = 1_000;

/** Where mails end, since the local run reaches nobody. */
export class Outbox {
  private mails: Mail[] = [];

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly log: Pick<RunLog, 'write'>,
  ) {}

  /** @param topicArn of the topic to which somebody's address is subscribed */
  notify(topicArn: string, subject: string | undefined, text: string): void {
    const topic = topicArn.split(':').at(-1) ?? '';
    const mail = { topic, subject: subject ?? 'AWS Notification Message', text };
    this.log.write('mails', JSON.stringify({ time: this.time(), ...mail }));
    this.add(mail);
  }

  /** The log gets neither address nor text of it, as both are somebody's. */
  send(mail: Omit<SentMail, 'id' | 'time'>): SentMail {
    const { tags, configurationSet } = mail;
    this.log.write('mails', JSON.stringify({ time: this.time(), configurationSet, tags }));
    return this.add(mail);
  }

  /** The latest first. */
  list(): readonly Mail[] {
    return this.mails;
  }

  find(id: string): Mail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  private add<Given extends object>(given: Given): Given & Pick<Mail, 'id' | 'time'> {
    const mail = { id: randomUUID(), time: this.time(), ...given };
    this.mails = [mail as unknown as Mail, ...this.mails.slice(0, MOST_MAILS - 1)];
    return mail;
  }

  private time(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
