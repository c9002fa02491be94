import type { Brand } from '../../../status-page/layout/brand';

/** What the configuration says of mails. */
export interface MailSettings {
  readonly from: string;
  readonly replyTo?: string;
  readonly brand: Pick<Brand, 'name' | 'colors'>;
  /** By name: what a mail calls it, and where its people log in. */
  readonly applications: Readonly<Record<string, { readonly label: string; readonly loginUri: string }>>;
}
