import { CONFIGURED } from '../configured-settings';
import { logEmission } from '../emit/log-emission';
import { quietly } from '../post-login/quietly';
import type { MfaApi, PostLoginEvent } from '../types';
import { secondFactor } from './second-factor';

/**
 * Handler of the Auth0 trigger `post-login`, bound before the one that tells of the login: Auth0 runs that once the
 * person has shown the factor. Never throws, and calls nobody.
 */
export async function onExecutePostLogin(event: PostLoginEvent, api: MfaApi): Promise<void> {
  const request = quietly(() => secondFactor(event, CONFIGURED));
  if (request === undefined) return;
  const { what, factors } = request;
  const asked = quietly(() => {
    if (what === 'challenge') api.authentication.challengeWithAny(factors);
    else api.authentication.enrollWithAny(factors);
    return true;
  });
  const deps = { log: (line: string) => console.log(line), now: () => Date.now() };
  if (asked !== true) quietly(() => logEmission('mfa', { code: 'unexpected' }, deps.now(), deps));
}
