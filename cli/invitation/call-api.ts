import type * as z from 'zod/mini';
import { parseJson } from '../../events/parse-json';
import { CliError, type ExitCode } from '../cli-error';
import type { Deps } from '../deps';
import { type Outputs, outputOf } from '../target/outputs';
import { refuseWithoutInvitations } from './refuse-without-invitations';
import { unknownInvitation } from './unknown-invitation';

export type ApiDeps = Pick<Deps, 'outputs' | 'workers' | 'caller'>;

/** A call of the provisioning API as its function takes it from operators: who may invoke it is IAM's to say. */
export interface OperatorCall {
  /** As API Gateway names it: `POST /invitations`. */
  readonly route: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the API refused. `detail` names the field, and never its value. */
export class RefusedByApi extends CliError {
  constructor(
    code: string,
    title: string,
    readonly detail: string | undefined,
    exitCode: ExitCode,
  ) {
    super(code, detail === undefined ? title : `${title} (${detail})`, undefined, exitCode);
  }
}

/**
 * Has the function of the provisioning API answer. Fails with the code of the problem, with `no-invitations`, and with
 * `worker-failed` where the answer is none that this version knows.
 */
export async function callApi<Schema extends z.ZodMiniType>(
  call: OperatorCall,
  schema: Schema,
  deps: ApiDeps,
): Promise<z.infer<Schema>> {
  return (await answerOf(call, schema, deps)).data;
}

/** The same with the status, for who has to tell 200 from 201. */
export async function answerOf<Schema extends z.ZodMiniType>(
  call: OperatorCall,
  schema: Schema,
  deps: ApiDeps,
): Promise<{ readonly status: number; readonly data: z.infer<Schema> }> {
  const arn = functionOf(await deps.outputs());
  const { arn: operator } = await deps.caller();
  const said = await (await deps.workers()).ask(arn, { operator, ...call });
  const { statusCode = 0, body = '' } = (said ?? {}) as { statusCode?: number; body?: string };
  const answer = parseJson(body);
  if (statusCode >= 400) throw refused(statusCode, answer);
  const { success, data } = schema.safeParse(answer);
  if (success && statusCode >= 200) return { status: statusCode, data };
  throw new CliError(
    'worker-failed',
    'The function of the provisioning API gave an answer that this version does not know',
    'Use the version of the command that was deployed with it',
  );
}

function functionOf(outputs: Outputs): string {
  refuseWithoutInvitations(outputs);
  return outputOf(outputs, 'ProvisioningApiFunctionArn');
}

// 3 says that the same may go well in a moment, 2 that it never will.
function refused(status: number, answer: unknown): CliError {
  const { code, title, detail } = (answer ?? {}) as { code?: unknown; title?: unknown; detail?: unknown };
  if (code === 'invitation-unknown') return unknownInvitation();
  const words = typeof title === 'string' ? title.replace(/\.$/, '') : `It answered ${status}`;
  const exitCode = status >= 500 ? 3 : status === 400 ? 2 : 1;
  const field = typeof detail === 'string' ? detail.replace(/^body\./, '') : undefined;
  return new RefusedByApi(typeof code === 'string' ? code : 'unavailable', words, field, exitCode);
}
