import { createAccessTokens } from '../auth/access-tokens';
import type { BearerToken } from '../auth/bearer-token';
import type { HttpClient } from '../runtime/http';
import type { Secrets } from '../runtime/secrets';

/** Somebody may wait for what is asked with it. */
const TIMEOUT_MS = 3_000;

/** Tokens for the Management API, by the client that an operator put into the secret. */
export function createManagementToken(
  tenant: string,
  secretArn: string,
  {
    secrets,
    http,
    now,
  }: { readonly secrets: Secrets; readonly http: HttpClient; readonly now: () => number },
): BearerToken {
  return createAccessTokens({
    endpoint: {
      tokenUrl: `https://${tenant}/oauth/token`,
      audience: `https://${tenant}/api/v2/`,
      authMethod: 'post',
    },
    credentials: async ({ fresh }) => (await (fresh ? secrets.reread : secrets.read)(secretArn)).text,
    ...{ http, timeoutMs: TIMEOUT_MS, now },
  });
}
