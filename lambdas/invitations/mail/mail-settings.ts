import type { Brand } from '../../../status-page/layout/brand';

/** Who mails are from, each an address or `Acme <hello@acme.com>`. */
export interface MailSenders {
  readonly from: string;
  readonly replyTo?: string;
}

/** What the configuration says of what mails say. */
export interface MailSettings {
  readonly brand: Pick<Brand, 'name' | 'colors'>;
  /** By name: what a mail calls it, and where its people log in. */
  readonly applications: Readonly<Record<string, { readonly label: string; readonly loginUri: string }>>;
}
