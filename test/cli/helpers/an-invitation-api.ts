import { CliError } from '../../../cli/cli-error';
import type { OperatorCall } from '../../../cli/invitation/call-api';
import type { InvitationView, InviteBody } from '../../../events/invitations/schemas';
import { aScreen } from './a-screen';
import { anAudit, NOW, outputs, surroundings } from './deps';

export const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:1:function:api';
export const OPERATOR = 'arn:aws:sts::1:assumed-role/Ops/ada';

export type Call = OperatorCall & { readonly operator: string };

const isoOf = (ms: number) => new Date(ms).toISOString();
export const idOfNumber = (number: number) => `invitation-${`${number}`.padStart(11, '0')}`;

export function aView(fields: Partial<InvitationView> = {}): InvitationView {
  return {
    ...{ id: idOfNumber(1), state: 'open', mode: 'link', bind: 'none', email: 'ada@example.com' },
    ...{ roles: ['editor'], data: {}, application: 'shop', language: 'en' },
    ...{ createdAt: isoOf(NOW), expiresAt: isoOf(NOW + 7 * 86_400_000), createdBy: OPERATOR, sending: 1 },
    ...{ mail: { state: 'queued', at: isoOf(NOW) } },
    ...fields,
  };
}

const problem = (status: number, code: string, detail?: string) => ({
  statusCode: status,
  body: JSON.stringify({ type: 'x', title: `${code} in words.`, status, code, ...(detail && { detail }) }),
});

/**
 * The function of the API as operators invoke it: the same key is the same invitation. `answers` come first, each once.
 */
export function anInvitationApi(values: Record<string, string> = {}) {
  const calls: Call[] = [];
  const made = new Map<string, InvitationView>();
  const answers: (object | Error)[] = [];
  const inserted = (body: InviteBody, key: string) => {
    const { email, roles = [], data = {} } = body;
    const statusCode = made.has(key) ? 200 : 201;
    const view = made.get(key) ?? aView({ id: idOfNumber(made.size + 1), email, roles, data });
    made.set(key, view);
    return { statusCode, body: JSON.stringify({ invitation: view }) };
  };
  const ask = async (arn: string, payload: object): Promise<unknown> => {
    const call = payload as Call;
    calls.push(call);
    const next = answers.shift();
    if (next instanceof Error) throw next;
    if (next !== undefined) return next;
    if (arn !== FUNCTION_ARN) return problem(404, 'not-found');
    if (call.route !== 'POST /invitations') return problem(404, 'invitation-unknown');
    return inserted(call.body as InviteBody, call.headers?.['idempotency-key'] ?? '');
  };
  const screen = aScreen();
  const files = new Map<string, string>();
  const saved = new Map<string, string>();
  const audit = anAudit();
  const named = { InvitationTableName: 'invitations', ProvisioningApiFunctionArn: FUNCTION_ARN };
  const mayBe = { InvitationRoles: '["editor","shop manager"]', InvitationApplications: '["shop","desk"]' };
  const deps = {
    ...surroundings(),
    outputs: async () => outputs({ ...named, ...mayBe, ...values }),
    workers: async () => ({ ask }),
    caller: async () => ({ arn: OPERATOR }),
    audit: audit.audit,
    screen: screen.screen,
    readText: async (file: string) => files.get(file) ?? '',
    saveText: async (file: string, text: string) => {
      if (saved.has(file)) throw new CliError('file-exists', `${file} is there already`, undefined, 2);
      saved.set(file, text);
    },
    replaceText: async (file: string, text: string) => void saved.set(file, text),
  };
  return { deps, calls, made, answers, screen, files, saved, acts: audit.acts, problem };
}
