import { setUpErasure } from './an-erasure';
import { type Call, FUNCTION_ARN, OPERATOR } from './an-invitation-api';

/** An erasure in a stack with invitations, whose function answers so; `answers` come first, each once. */
export function anErasureOf(body: object) {
  const values = { InvitationTableName: 'invitations', ProvisioningApiFunctionArn: FUNCTION_ARN };
  const erasure = setUpErasure(undefined, values);
  const calls: Call[] = [];
  const answers: object[] = [];
  const ask = async (_: string, payload: object) => {
    calls.push(payload as Call);
    return answers.shift() ?? { statusCode: 200, body: JSON.stringify(body) };
  };
  Object.assign(erasure.deps, {
    workers: async () => ({ ask }),
    caller: async () => ({ arn: OPERATOR }),
  });
  return { erasure, calls, answers };
}
