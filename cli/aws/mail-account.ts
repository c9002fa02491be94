/** What the account may send by SES in this region. */
export interface MailSending {
  /** False while the sending of the account is paused. */
  readonly isOn: boolean;
  /** In the sandbox mails go to verified addresses alone. */
  readonly isInSandbox: boolean;
  /** AWS's word on the reputation: `HEALTHY`, `PROBATION`, `SHUTDOWN`. */
  readonly standing: string;
  /** In 24 hours. */
  readonly quota: number;
  readonly sent: number;
}

/** An address or a domain that mails may come from. */
export interface MailIdentity {
  readonly isVerified: boolean;
  /** AWS's word on how far the verification is, such as `PENDING`. */
  readonly verification: string;
  readonly isSigned: boolean;
}

export interface MailSet {
  readonly isOn: boolean;
  readonly requiresTls: boolean;
  /** Why an address gets no more mails: `BOUNCE`, `COMPLAINT`. */
  readonly suppresses: readonly string[];
}

/** SES, as far as one looks whether mails go out. What is not there is undefined. */
export interface MailAccount {
  sending(): Promise<MailSending>;
  identity(name: string): Promise<MailIdentity | undefined>;
  set(name: string): Promise<MailSet | undefined>;
}
