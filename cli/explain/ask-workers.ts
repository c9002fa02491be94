import type { ExplainRequest } from '../../events/explain-request';
import { type Explanation, explanation } from '../../events/explanation';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type Outputs, outputOf, systemQueuesOf } from '../target/outputs';

/** What the function of a system said, or why it said nothing. */
export type Answer =
  | { readonly system: string; readonly explanation: Explanation }
  | { readonly system: string; readonly error: CliError };

/** Asks every system by its own function, which alone has its credentials and its mapping. */
export async function askWorkers(
  systems: readonly string[],
  request: ExplainRequest,
  outputs: Outputs,
  deps: Pick<Deps, 'workers'>,
): Promise<Answer[]> {
  const workers = await deps.workers();
  const suffixes = new Map(systemQueuesOf(outputs).map(({ system, suffix }) => [system, suffix]));
  return Promise.all(
    systems.map(async (system): Promise<Answer> => {
      const arn = outputOf(outputs, `WorkerArn${suffixes.get(system)}`);
      try {
        return { system, explanation: read(await workers.ask(arn, request)) };
      } catch (error) {
        // One that cannot answer does not keep the others from it; who may ask none is told so once.
        if (error instanceof CliError && error.code !== 'access-denied') return { system, error };
        throw error;
      }
    }),
  );
}

function read(answer: unknown): Explanation {
  const { success, data } = explanation.safeParse(answer);
  if (success) return data;
  throw new CliError(
    'worker-failed',
    'The function of the system gave an answer that this version does not know',
    'Use the version of the command that was deployed with it',
  );
}
