import type { MailIdentity, MailSending, MailSet } from '../aws/mail-account';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import { type Finding, fail, ok, warn, worstOf } from './check';

const HOW = 'docs/invitations.md, "Mails", says how SES is set up';
const IN_CONSOLE = 'The Account dashboard in the console of SES says why, and what to do';
const DEPLOY = 'Deploy the stack with --revert-drift: docs/runbook.md, "Bring back what was changed"';
/** Beyond this share of the mails of a day a campaign may come to its end. */
const MUCH = 0.8;

/** Whether SES would send the mails of invitations. */
export async function lookAtMails(deps: Pick<Deps, 'outputs' | 'mailAccount'>): Promise<Finding> {
  const outputs = await deps.outputs();
  if (outputs.values.InvitationTableName === undefined) return ok('the stack sends none');
  const [from, set] = ['InvitationMailFrom', 'InvitationMailSetName'].map((name) => outputOf(outputs, name));
  const account = await deps.mailAccount();
  const looks = [
    () => lookAtSender(from ?? '', account.identity),
    async () => lookAtSending(await account.sending()),
    async () => lookAtSet(set ?? '', await account.set(set ?? '')),
  ];
  return worstOf(await Promise.all(looks.map((look) => look().catch(unseen))));
}

// Who may run the stack may not be who may look into SES: that says nothing of the mails.
function unseen(error: unknown): Finding {
  if (!(error instanceof CliError) || error.code !== 'access-denied') throw error;
  return warn(`not looked at: ${error.message}`, error.hint ?? '');
}

/** By the address itself, by its domain, or by a domain above it. */
async function lookAtSender(
  from: string,
  identityOf: (name: string) => Promise<MailIdentity | undefined>,
): Promise<Finding> {
  const names = [from, ...domainsOf(from)];
  const found = await Promise.all(names.map(async (name) => ({ name, identity: await identityOf(name) })));
  const known = found.flatMap(({ name, identity }) =>
    identity === undefined ? [] : [{ name, ...identity }],
  );
  const [verified] = known.filter(({ isVerified }) => isVerified);
  const [waiting] = known;
  if (verified === undefined)
    return waiting === undefined
      ? fail(`SES knows neither ${from} nor its domain here, and sends nothing of it`, HOW)
      : fail(`${waiting.name} is not verified: ${waiting.verification}`, HOW);
  return known.some(({ isVerified, isSigned }) => isVerified && isSigned)
    ? ok(`${verified.name} is verified`)
    : warn(`${verified.name} is verified, but signs nothing by DKIM: many of its mails end as spam`, HOW);
}

/** `mail.acme.com`, then `acme.com`: who has a domain has those below it. */
function domainsOf(address: string): string[] {
  const labels = (address.split('@').at(-1) ?? '').split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

function lookAtSending({ isOn, isInSandbox, standing, quota, sent }: MailSending): Finding {
  const used = `${sent} of ${quota} mails in 24 hours`;
  if (!isOn || standing === 'SHUTDOWN') return fail('the sending of the account is paused', IN_CONSOLE);
  if (isInSandbox)
    return warn(`the account is in the sandbox: mails reach verified addresses alone, ${used}`, HOW);
  if (standing === 'PROBATION') return warn(`the account is under review, ${used}`, IN_CONSOLE);
  // An account without a limit says -1.
  if (quota > 0 && sent > quota * MUCH) return warn(used, 'Ask for more on the Account dashboard of SES');
  return ok(quota < 0 ? `${sent} mails in 24 hours` : used);
}

function lookAtSet(name: string, set: MailSet | undefined): Finding {
  if (set === undefined) return fail(`the configuration set ${name} is gone: SES takes no mail`, DEPLOY);
  if (!set.isOn)
    return fail(`the configuration set ${name} is switched off`, 'Switch it on in the console of SES');
  if (!set.requiresTls) return warn(`${name} sends links in the clear where TLS is missing`, DEPLOY);
  const isSuppressing = ['BOUNCE', 'COMPLAINT'].every((reason) => set.suppresses.includes(reason));
  return isSuppressing ? ok('') : warn(`${name} sends on to who bounced or complained`, DEPLOY);
}
