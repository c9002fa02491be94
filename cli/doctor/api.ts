import type { Deps } from '../deps';
import { readApiKeyValue } from '../keys/event-api-key';
import { outputOf } from '../target/outputs';
import { type Finding, fail, ok } from './check';

/** Asks twice for what must be refused: without a key, and with one but without an event. Nothing is stored. */
export async function lookAtApi(deps: Pick<Deps, 'outputs' | 'apiKeys' | 'fetch'>): Promise<Finding> {
  const base = outputOf(await deps.outputs(), 'EventApiUrl');
  const url = new URL('events', base).href;
  const withoutKey = await statusOf(url, {}, deps);
  if (withoutKey === undefined)
    return fail(`no answer from ${base}`, 'Is the network there, and the API deployed?');
  if (withoutKey !== 403)
    return fail(
      `a call without a key is answered ${withoutKey}, not 403`,
      'Somebody changed the API: cdk diff, and deploy it again',
    );
  const apiKey = await readApiKeyValue(deps);
  const withKey = await statusOf(url, { 'x-api-key': apiKey }, deps);
  if (withKey === 403)
    return fail(
      'the current key is refused',
      'A new key takes a minute; else look whether it is in the usage plan of this stage',
    );
  const isRefused = withKey !== undefined && withKey >= 400 && withKey < 500;
  if (!isRefused)
    return fail(
      `a call without an event is answered ${withKey ?? 'by nothing'}`,
      'The execution log of the API says why',
    );
  return ok('asks for a key, and refuses what is no event');
}

async function statusOf(
  url: string,
  headers: Record<string, string>,
  { fetch }: Pick<Deps, 'fetch'>,
): Promise<number | undefined> {
  const init = {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
  } as const;
  const answer = await fetch(url, init).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status;
}
