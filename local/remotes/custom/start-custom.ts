import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { FunctionInfo } from '../../functions/functions';
import { LocalError } from '../../local-error';
import type { LocalRun } from '../../local-run';
import { readSecret } from '../../read-secret';
import type { RemoteSystem } from '../remote-system';
import { type CustomSystemOptions, startCustomSystem } from './custom-system';
import type { StandIn } from './stand-in';

const load = createRequire(__filename);

/**
 * Starts what stands in for a system of the kind `custom`. Fails with `no-stand-in` where nothing does: its real API is
 * never called.
 *
 * @param roots where the sources may be that the template was made of
 */
export async function startCustom(
  { name, system, environment }: FunctionInfo,
  run: LocalRun,
  port: number,
  roots: readonly string[],
): Promise<RemoteSystem> {
  const { standIn, authorize } = standInOf(name, system?.module ?? '', roots);
  const secret = await readSecret(run, environment.CUSTOM_SECRET_ARN ?? '');
  const path = new URL(environment.CUSTOM_BASE_URL ?? '').pathname.replace(/\/$/, '');
  const kill = () => void run.functions.kill(name);
  return startCustomSystem({ name, path, standIn, authorize, secret, clock: run.clock, kill }, port);
}

type Wrote = Pick<CustomSystemOptions, 'standIn' | 'authorize'>;

/** What a team wrote: the default exports of `<module>.local.ts`, and of the connector beside it. */
function standInOf(system: string, module: string, roots: readonly string[]): Wrote {
  const own = roots
    .flatMap((root) => [join(root, module), join(root, module, 'index')])
    .find((file) => existsSync(`${file}.local.ts`));
  const wanted = `${module}.local.ts`;
  if (own === undefined)
    throw new LocalError(
      'no-stand-in',
      `Nothing stands in for ${system} on this machine, and its own API is not called from here. Write ${wanted}: docs/adding-a-system.md, "A stand-in of it".`,
    );
  const standIn = defaultOf(`${own}.local.ts`);
  if (typeof standIn !== 'function')
    throw new LocalError('no-stand-in', `The default export of ${wanted} is no stand-in.`);
  const { authorize = bearer } = (defaultOf(`${own}.ts`) ?? {}) as Partial<Wrote>;
  return { standIn: standIn as StandIn, authorize };
}

const defaultOf = (file: string) => (load(file) as { readonly default?: unknown }).default;

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
