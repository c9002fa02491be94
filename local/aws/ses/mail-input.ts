import * as z from 'zod';
import { AwsError } from '../aws-error';

const part = z.strictObject({ Data: z.string(), Charset: z.string().optional() });
const addresses = z.array(z.string()).default([]);

const CALL = z.strictObject({
  FromEmailAddress: z.string().default(''),
  Destination: z.strictObject({ ToAddresses: addresses }).prefault({}),
  ReplyToAddresses: addresses,
  ConfigurationSetName: z.string().optional(),
  EmailTags: z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]),
  Content: z.strictObject({
    Simple: z.strictObject({
      Subject: part,
      Body: z.strictObject({ Text: part.optional(), Html: part.optional() }),
    }),
  }),
});

export type MailInput = z.output<typeof CALL>;

const MOST_RECIPIENTS = 50;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** A SendEmail that SES would take. What would change the mail and is not known is refused by name. */
export function readMailInput(input: Record<string, unknown>): MailInput {
  const call = CALL.safeParse(input);
  if (!call.success) throw badRequest(z.prettifyError(call.error));
  const { FromEmailAddress, Destination, ReplyToAddresses, EmailTags, Content } = call.data;
  const to = Destination.ToAddresses;
  if (to.length === 0 || to.length > MOST_RECIPIENTS) throw badRequest('Recipient count is not 1 to 50.');
  for (const address of [FromEmailAddress, ...to, ...ReplyToAddresses]) checkAddress(address);
  if (/[\r\n]/.test(Content.Simple.Subject.Data)) throw badRequest('Header value contains CR or LF.');
  for (const { Name, Value } of EmailTags)
    if (!TAG.test(Name) || !TAG.test(Value)) throw badRequest('Invalid tag.');
  return call.data;
}

/** The address within `Name <address>`. */
export const addressIn = (text: string): string => /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();

// SES takes names and addresses as they stand in a header, which is ASCII.
function checkAddress(text: string): void {
  if (/[^\x20-\x7e]/.test(text)) throw badRequest('Address contains control or non-ASCII characters.');
  const [local = '', domain = '', ...more] = addressIn(text).split('@');
  if (local === '' || domain === '' || more.length > 0) throw badRequest("Missing final '@domain'");
  if (/[\s,;<>"]/.test(local)) throw badRequest('Local address contains control or whitespace');
  if (!/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(domain))
    throw badRequest('Domain contains illegal character');
}

const badRequest = (words: string) => new AwsError('BadRequestException', words);
