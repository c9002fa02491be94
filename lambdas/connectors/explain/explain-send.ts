import type { ExplainedStep } from '../../../events/explanation';
import type { Findings } from './find-out';
import type { Telling } from './five-steps';
import type { Seen } from './observed-connector';
import { requestsOf, told, whyNot } from './told';

const DOES: Partial<Record<Seen['verb'], string>> = {
  create: 'makes the account',
  change: 'changes the account',
  setActive: 'switches the account on or off',
  remove: 'removes the account',
  deliver: 'tells the system what is wanted',
};

/** What would change something. None of it was sent. */
export function explainSend(findings: Findings, telling: Telling): ExplainedStep {
  const { seen, outcome } = findings;
  const acts = seen.filter(({ verb }) => DOES[verb] !== undefined);
  const kept = acts.map((act) => ({ ...act, calls: act.calls.filter(({ sent }) => !sent) }));
  const requests = requestsOf(kept, telling);
  const failed = acts.find(({ error }) => error !== undefined);
  const details = acts.map((act) =>
    describeAct(act, kept.find(({ verb }) => verb === act.verb)?.calls.length ?? 0),
  );
  if (failed !== undefined) return told('send', 'stops', whyNot(failed.error), { details, requests });
  if (requests.length > 0) {
    const count = requests.length === 1 ? 'one request' : `${requests.length} requests`;
    return told('send', 'well', `${count}, not sent now`, { details, requests });
  }
  const isDone = acts.length > 0;
  const why = isDone ? 'the system shows all of it already' : 'the message ends before that';
  const is = outcome === undefined ? 'unknown' : 'well';
  return told('send', is, `nothing: ${outcome === undefined ? 'no message is known' : why}`, { details });
}

function describeAct({ verb }: Seen, requests: number): string {
  return `${DOES[verb]}${requests === 0 ? ': nothing to do' : ''}`;
}
