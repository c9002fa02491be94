import type { ManagementApiOutputs } from './auth0/management-api/start-management-api';
import type { LocalRun } from './local-run';
import { readSecret } from './read-secret';
import type { ScimRemoteSystems } from './remotes/remote-systems';
import { statusSecretsOf } from './status-secrets';

/** What stands in `outputs.json` beside the outputs of the stack. */
export interface LocalOutputs {
  readonly AwsEndpoint: string;
  readonly Region: string;
  readonly EventApiKey: string;
  /** `whsec_` and the value of the signing secret. */
  readonly SigningSecret: string;
  /** The same of the Action behind the event stream. */
  readonly EventStreamSecret: string;
  /** Further secrets of the Action at login, by their names there. */
  readonly StatusSecrets: Readonly<Record<string, string>>;
  readonly ControlUrl: string;
  /** Plays the domain of the tenant: logins and tokens. */
  readonly TenantUrl: string;
  /** An application whose people log in there. */
  readonly DemoAppUrl: string;
  /** Pages with the mails that topics and SES sent. */
  readonly OutboxUrl: string;
  /** SCIM endpoint, or address of the webhook, by the name of the system. */
  readonly Systems: Readonly<Record<string, string>>;
  /** The stand-in of the tenant's Management API, and who we are there. */
  readonly ManagementApi: ManagementApiOutputs;
  /** An application of the tenant that gets tokens for itself, by the client credentials grant. */
  readonly Service: { readonly ClientId: string; readonly ClientSecret: string };
}

export interface Outputs {
  /** Of the stack, as `cdk deploy --outputs-file` writes them, with local addresses. */
  readonly stack: Readonly<Record<string, string>>;
  readonly local: LocalOutputs;
}

export async function collectOutputs(
  run: LocalRun,
  remotes: ScimRemoteSystems,
  served: Pick<
    LocalOutputs,
    'ControlUrl' | 'TenantUrl' | 'DemoAppUrl' | 'OutboxUrl' | 'ManagementApi' | 'Service'
  >,
): Promise<Outputs> {
  const secretIn = async (arn = '') => `whsec_${await readSecret(run, arn)}`;
  const stack = withLocalAddresses(run);
  return {
    stack,
    local: {
      AwsEndpoint: run.frontDoor.url,
      Region: run.region,
      EventApiKey: run.api.keys.valueOf(run.outputs.EventApiKeyId ?? '') ?? '',
      SigningSecret: await secretIn(run.outputs.SigningSecretArn),
      EventStreamSecret: await secretIn(run.outputs.EventStreamSecretArn),
      Systems: Object.fromEntries(remotes.list().map(({ name, url }) => [name, url])),
      StatusSecrets: await statusSecretsOf(run, stack, served.TenantUrl),
      ...served,
    },
  };
}

export function formatOutputs(stackName: string, { stack, local }: Outputs): string {
  return `${JSON.stringify({ [stackName]: stack, Local: local }, null, 2)}\n`;
}

/** An execute-api address leads to the stand-in of that API. */
export function withLocalAddresses({
  outputs,
  api,
}: Pick<LocalRun, 'outputs' | 'api'>): Record<string, string> {
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, api.localize(value)]));
}
