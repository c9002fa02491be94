import { newestKey } from '../../events/key-ring';
import { parseJson } from '../../events/parse-json';
import { countOf } from '../../terminal/count-of';
import type { Deps } from '../deps';
import { type ApiDeps, callApi } from '../invitation/call-api';
import { schemas } from '../invitation/schemas';
import { readRing } from '../keys/signing-key';
import { neededKeys } from '../rotate/invitation-keys';
import { outputOf } from '../target/outputs';
import { type Finding, fail, ok, warn, worstOf } from './check';

/** What the stack makes up is 44 letters and digits; Auth0 gives its applications 64 signs. */
const MADE_UP = /^[A-Za-z0-9]{44}$/;

type InvitationDeps = ApiDeps & Pick<Deps, 'secrets' | 'now' | 'typed'>;

/** Whether invitations can be made and accepted, as far as one sees without inviting anybody. */
export async function lookAtInvitations(deps: InvitationDeps): Promise<Finding> {
  const outputs = await deps.outputs();
  if (outputs.values.InvitationTableName === undefined) return ok('the stack has none');
  await callApi({ route: 'GET /invitations', query: { limit: '1' } }, schemas().invitationList, deps);
  return worstOf([await lookAtClients(deps), await lookAtKeys(deps)]);
}

async function lookAtClients(deps: InvitationDeps): Promise<Finding> {
  // The tenant of the local run takes the secret that is there.
  if ((await deps.outputs()).local !== undefined) return ok('can be made and shown');
  const wanting = await clientsToPutIn(deps);
  if (wanting.length === 0) return ok('can be made and shown, and their clients are put in');
  return fail(
    `nobody can accept one: no client was put into ${wanting.join(' and ')}`,
    'docs/invitations.md says which application goes in there',
  );
}

async function clientsToPutIn(deps: Pick<Deps, 'outputs' | 'secrets'>): Promise<string[]> {
  const isMissing = async (output: string) => {
    const text = await (await deps.secrets()).read(outputOf(await deps.outputs(), output));
    const { client_id: id, client_secret: secret } = (parseJson(text) ?? {}) as Record<string, unknown>;
    return id === 'replace-me' || typeof secret !== 'string' || MADE_UP.test(secret);
  };
  const outputs = ['InvitationClientSecretArn', 'ManagementSecretArn'];
  const missing = await Promise.all(outputs.map(isMissing));
  return outputs.filter((_, index) => missing[index]);
}

/** The keys of their links. */
async function lookAtKeys({ now, typed, ...deps }: InvitationDeps): Promise<Finding> {
  const { keys } = await readRing(deps, 'InvitationSecretArn');
  const rotate = typed('rotate invitation-secret');
  if (newestKey(keys, now()) === undefined)
    return fail('no key of links is valid now: nobody can open one', `Make one: ${rotate}`);
  const over = keys.length - neededKeys(keys, now()).length;
  if (over === 0) return ok('');
  return warn(`${countOf(over, 'key')} that no link needs`, `Take them out: ${rotate} --finish`);
}
