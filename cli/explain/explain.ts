import type { Explanation } from '../../events/explanation';
import { wrap } from '../../terminal/wrap';
import { audited } from '../audit/audited';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { refOf } from '../status/ref-of';
import { systemsOf } from '../target/outputs';
import { type Answer, askWorkers } from './ask-workers';
import { describeAnswer } from './describe-answer';
import { type EventDeps, type ExplainedEvent, eventOf } from './event-of';

export const explain = defineCommand({
  usage: 'explain <user-id>',
  summary: 'what becomes of a user in each system, step by step, and why',
  details:
    'Five steps: whether the system is for the user (scope), which account is theirs (find, match), what is to change (plan), and by which requests (send). The function of each system answers, as it would work off an event of now: look-ups are really made, and nothing is ever changed, with --dry-run or without. The attributes are those of the profile in Auth0, where AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET with the scope read:users are given and as emit.attributes of the configuration here names them; or of the event in --event; else they are not known. Personal data is masked unless --reveal, which leaves an audit row; secrets are always. A system whose breaker is open is not asked. It needs lambda:InvokeFunction on the functions of the systems, which lets its holder see personal data.',
  options: {
    'user-id': { type: 'string', demandOption: true, description: "the user's id in Auth0, in 'quotes'" },
    system: { type: 'string', description: 'this system only' },
    event: { type: 'string', description: 'an event as JSON, instead of the profile in Auth0; - is stdin' },
    reveal: { type: 'boolean', default: false, description: 'shows personal data; secrets stay masked' },
    'dry-run': {
      type: 'boolean',
      default: false,
      description: 'says that nothing is to be changed, as is so without it',
    },
  },
  examples: [
    ["explain 'auth0|65f1c0ffee' --system crm", 'why they have the account there that they have, or none'],
    ["explain 'auth0|65f1c0ffee' --event event.json", 'what this event would do, in every system'],
  ],
  endsWithOne: 'something could not be found out, as its step says',
  run: explainUser,
});

export interface ExplainArgs {
  readonly userId: string;
  readonly system?: string | undefined;
  readonly event?: string | undefined;
  readonly reveal: boolean;
  readonly dryRun: boolean;
}

export type ExplainDeps = EventDeps & Pick<Deps, 'secrets' | 'workers' | 'audit'>;

export async function explainUser(args: ExplainArgs, deps: ExplainDeps): Promise<Report> {
  const { userId, reveal } = args;
  if (userId.trim() === '') throw usageError('The user id is empty');
  const outputs = await deps.outputs();
  const systems = systemsOf(outputs, args.system);
  const userRef = await refOf({ userId }, outputs, deps);
  const event = await eventOf(userId, args.event, deps);
  const ask = () => askWorkers(systems, requestOf(userId, event, reveal), outputs, deps);
  const answers = reveal ? await askNoted(userRef, ask, deps) : await ask();
  const { screen } = deps;
  screen.print(...describeEvent(event, userRef).flatMap((words) => wrap(words, screen.width)));
  for (const answer of answers) screen.print(...describeAnswer(answer, screen.width));
  const isKnown = answers.every((answer) => 'explanation' in answer && isComplete(answer.explanation));
  return { exitCode: isKnown ? 0 : 1, json: toJson(userRef, event, answers) };
}

// Who reads about somebody what is not for everybody leaves a trace, as who exports it does.
async function askNoted(userRef: string, ask: () => Promise<Answer[]>, deps: ExplainDeps): Promise<Answer[]> {
  const { answers } = await audited(deps, { act: 'explain', subject: userRef }, async () => {
    const given = await ask();
    return { outcome: 'done' as const, counts: { systems: given.length }, answers: given };
  });
  return answers;
}

const requestOf = (userId: string, event: ExplainedEvent, reveal: boolean) => ({
  explain: { userId, reveal, ...(event.from === 'nobody' ? {} : { event: event.body }) },
});

const isComplete = ({ steps }: Explanation) => steps.every(({ is }) => is !== 'unknown');

function describeEvent(event: ExplainedEvent, userRef: string): string[] {
  const words =
    event.from === 'nobody'
      ? `The attributes are not known: ${event.why}. Name an event with --event.`
      : `By ${event.type}, ${event.from === 'auth0' ? 'made of the profile in Auth0' : 'from the file'}.`;
  return [`userRef ${userRef}`, `Nothing is changed. ${words}`];
}

function toJson(userRef: string, event: ExplainedEvent, answers: readonly Answer[]) {
  return {
    userRef,
    event:
      event.from === 'nobody' ? { from: event.from, why: event.why } : { from: event.from, type: event.type },
    systems: answers.map((answer) =>
      'explanation' in answer
        ? answer.explanation
        : { system: answer.system, error: { code: answer.error.code, message: answer.error.message } },
    ),
  };
}
