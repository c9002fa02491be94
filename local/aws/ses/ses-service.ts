import type { Outbox, SentMail } from '../../mail/outbox';
import { arn } from '../../resources/arn';
import type { RunLog } from '../../run-log';
import { AwsError } from '../aws-error';
import type { FrontDoor } from '../front-door';
import type { AwsService, ServiceOutput } from '../service';
import type { ConfigurationSets } from './configuration-sets';
import { lookUp, noSet } from './look-ups';
import { addressIn, type MailInput, readMailInput } from './mail-input';
import { type SimulatedEvent, simulatedEvent } from './simulated-event';

export const SES = 'ses.amazonaws.com';

export interface SesDeps {
  readonly sets: ConfigurationSets;
  readonly outbox: Pick<Outbox, 'send' | 'list'>;
  readonly door: Pick<FrontDoor, 'call'>;
  readonly log: Pick<RunLog, 'write'>;
}

/** Mails end in the outbox. Every identity counts as verified, and the account is in no sandbox. */
export function createSesService(deps: SesDeps): AwsService {
  return {
    name: 'ses',
    resourceOf: (_, { ConfigurationSetName, EmailIdentity }) =>
      (ConfigurationSetName ?? EmailIdentity) as string | undefined,
    async handle(operation, input) {
      if (operation === 'SendEmail') return send(deps, readMailInput(input));
      const count = () => deps.outbox.list().filter((mail) => 'from' in mail).length;
      return lookUp({ sets: deps.sets, count }, operation, input);
    },
    close: async () => undefined,
  };
}

function send(deps: SesDeps, input: MailInput): ServiceOutput {
  const { ConfigurationSetName: set } = input;
  if (set !== undefined && !deps.sets.has(set)) throw noSet(set);
  const mail = deps.outbox.send(mailOf(input));
  for (const to of mail.to) void tell(deps, mail, to);
  return { json: { MessageId: mail.id } };
}

function mailOf(input: MailInput): Omit<SentMail, 'id' | 'time'> {
  const { Subject, Body } = input.Content.Simple;
  const { ConfigurationSetName: configurationSet } = input;
  return {
    ...{ from: input.FromEmailAddress, to: input.Destination.ToAddresses, replyTo: input.ReplyToAddresses },
    ...{ subject: Subject.Data, text: Body.Text?.Data ?? '' },
    ...(Body.Html !== undefined && { html: Body.Html.Data }),
    ...(configurationSet !== undefined && { configurationSet }),
    tags: Object.fromEntries(input.EmailTags.map(({ Name, Value }) => [Name, Value])),
  };
}

// Whoever sent the mail has its answer already; what nobody may hear of is gone, as on AWS.
async function tell({ sets, door, log }: SesDeps, mail: SentMail, to: string): Promise<void> {
  const event = simulatedEvent(addressIn(to));
  const { configurationSet: set } = mail;
  if (event === undefined || set === undefined) return;
  for (const TopicArn of sets.topicsFor(set, event.type)) {
    const input = { TopicArn, Message: JSON.stringify(eventOf(event, mail, to)) };
    const sourceArn = arn('ses', `configuration-set/${set}`);
    const call = { service: 'sns', operation: 'Publish', caller: SES, sourceArn, input } as const;
    await door.call(call).catch((error: unknown) => {
      const words = `An event of a mail is lost: ${error instanceof AwsError ? error.code : 'internal'}`;
      log.write('ses', JSON.stringify({ level: 'ERROR', words }));
    });
  }
}

// Source: "Contents of event data that Amazon SES publishes to Amazon SNS".
function eventOf(event: SimulatedEvent, mail: SentMail, to: string): object {
  const { id: messageId, time: timestamp, from: source, subject, configurationSet = '' } = mail;
  const lists = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  const tags = { 'ses:configuration-set': [configurationSet], ...Object.fromEntries(lists) };
  const commonHeaders = { from: [source], to: mail.to, subject, messageId };
  return {
    ...event.details(addressIn(to), timestamp),
    mail: {
      timestamp,
      source,
      messageId,
      destination: mail.to,
      headersTruncated: false,
      commonHeaders,
      tags,
    },
  };
}
