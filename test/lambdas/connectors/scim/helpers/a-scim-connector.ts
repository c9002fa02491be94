import { DIALECTS, type Dialect } from '../../../../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../../../../lambdas/connectors/scim/scim-connector';
import type { HttpAnswer, HttpRequest } from '../../../../../lambdas/runtime/http';
import { anAnswer } from '../../../../helpers/an-answer';
import { NOW } from '../../../../helpers/events';

/** The answer to a search that found these. */
export const listOf = (...Resources: object[]): HttpAnswer =>
  anAnswer(200, { totalResults: Resources.length, Resources });

/** A connector to a server that is only its answers, with the requests that it made. */
export function aScimConnector(
  answerTo: (request: HttpRequest) => HttpAnswer,
  dialect: Partial<Dialect> = {},
) {
  const requests: HttpRequest[] = [];
  const connector = createScimConnector({
    baseUrl: 'https://crm.example.com/scim/v2',
    dialect: { ...DIALECTS.rfc, ...dialect },
    token: async () => 'token-1',
    http: async (sent) => {
      requests.push(sent);
      return answerTo(sent);
    },
    timeoutMs: 5000,
    now: () => NOW,
  });
  return { connector, requests };
}
