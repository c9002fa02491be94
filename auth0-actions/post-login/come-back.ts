import { logEmission, type RunDeps } from '../emit/log-emission';
import type { PostLoginApi } from '../types';
import { type Provisioning, provisioningBy, setClaims } from './claims';
import { writeFlag } from './flag';
import { type Look, type LookDeps, lookAt } from './look-at';
import { quietly } from './quietly';
import { type Returned, readReturn } from './read-return';

/** In the words that the application may show. */
const REASON = 'An account that is needed here could not be made. Please try again later.';

/**
 * What is done when a person comes back from the status page. It believes what the return token says, and nothing
 * where that is not ours: then the login goes on as if nobody had looked. Never throws.
 */
export function comeBack(event: unknown, api: PostLoginApi, deps: LookDeps & RunDeps): void {
  const startedAt = deps.now();
  const look = lookAt(event, deps);
  const returned = quietly(() => readReturn(event, api.redirect));
  if (returned?.all && look.rule.jit !== false)
    quietly(() => writeFlag(event, api, { rev: look.rule.rev, state: 'ready' }));
  quietly(() => setClaims(event, api, provisioningOf(returned, look), deps.settings, returned?.roles));
  const isStopped = returned !== undefined && hasFailed(returned, look, deps);
  if (isStopped) quietly(() => api.access.deny(REASON));
  const code = isStopped ? 'denied' : returned === undefined ? 'bad-return' : 'returned';
  quietly(() => logEmission('post-login', { code }, startedAt, deps));
}

function provisioningOf(returned: Returned | undefined, { known, rule, systems }: Look): Provisioning {
  return returned === undefined || rule.jit === false ? known : provisioningBy(returned, systems);
}

// Which systems are required is compiled in; a token cannot make one so.
function hasFailed({ failed }: Returned, { systems }: Look, { settings }: LookDeps): boolean {
  return (
    settings.stopsOnFailed && systems.some(({ name, required = false }) => required && failed.includes(name))
  );
}
