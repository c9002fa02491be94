import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CountedCall } from '../../local/aws/call-meter';
import type { LocalRun } from './local-run';
import { ALL_SYSTEMS, SYSTEMS, until, type WalkedRun } from './walked-run';

export const linksIn = async (run: LocalRun, user: string, wanted: string) =>
  (await run.links(user)).filter(({ state }) => state === wanted);

export const linkedEverywhere = (walked: WalkedRun, user: string, state = 'linked', systems = SYSTEMS) =>
  until(
    walked,
    `${user} ${state} everywhere`,
    async () => (await linksIn(walked.run, user, state)).length === systems.length,
  );

/** Lets the next step of each link of the user be due, for which a walk cannot wait. */
export async function comeDue({ run }: WalkedRun, user: string): Promise<void> {
  for (const { userRef, system } of await run.links(user)) {
    const update = new UpdateCommand({
      TableName: run.outputs.UserLinkTableName,
      Key: { userRef, system },
      UpdateExpression: 'SET dueAt = :past, remindAt = :past, revision = revision + :one',
      ExpressionAttributeValues: { ':past': 1, ':one': 1 },
    });
    await run.aws.dynamodb.send(update);
  }
}

/** Whether all accounts are switched off and wait for their removal. */
export const areOff = (links: readonly { next?: string }[]) =>
  links.length === ALL_SYSTEMS.length && links.every(({ next }) => next === 'delete');

export const refOf = async (run: LocalRun, user: string) => String((await run.links(user))[0]?.userRef);

/** Whether every connector wrote of the user, and the projection of each link. */
export function isLogged(logs: Record<string, string[]>, userRef: string): boolean {
  const isWrittenBy = (system: string) => (logs[system] ?? []).some((line) => line.includes(userRef));
  const others = Object.keys(logs).filter((name) => !SYSTEMS.includes(name));
  const projected = others
    .flatMap((name) => logs[name] ?? [])
    .filter((line) => line.includes(userRef) && line.includes('"linked"'));
  return SYSTEMS.every(isWrittenBy) && projected.length === SYSTEMS.length;
}

/** How often each connector put off a message. */
export async function delays(run: LocalRun, systems = SYSTEMS): Promise<number[]> {
  const calls = await run.control<CountedCall[]>('GET', '/calls');
  const countOf = (system: string) =>
    calls.find(({ caller, operation }) => caller === system && operation === 'ChangeMessageVisibility')
      ?.count;
  return systems.map((system) => countOf(system) ?? 0);
}

export async function censuses(run: LocalRun): Promise<number> {
  const lines = Object.values(await run.logs()).flat();
  return lines.filter((line) => line.includes('"LinksHeld"')).length;
}

export async function stateOfAlarm(run: LocalRun): Promise<string | undefined> {
  const alarms = await run.control<{ name: string; state: string }[]>('GET', '/alarms');
  return alarms.find(({ name }) => name.endsWith('-quarantine-messages'))?.state;
}
