import { rm } from 'node:fs/promises';
import { type ConfigurationInput, defineConfiguration } from '../../lib/configuration';
import { assemblyOf } from './assembly-of';
import { type LocalRun, startLocalRun } from './local-run';

const ENVIRONMENT = {
  tenant: 'punctual-dev.eu.auth0.com',
  ephemeral: true,
  alarms: { email: 'on-call@example.com' },
};

export interface LocalRunOfOptions extends Pick<ConfigurationInput, 'emit' | 'jit' | 'login'> {
  /** @default 1 */
  readonly timeScale?: number;
  /** How often the tenant may be called. @default that of `npm start` */
  readonly tenantPlan?: 'free';
  /** Of the environment, beyond what every one has. */
  readonly environment?: Partial<ConfigurationInput['environments'][string]>;
}

/** A local run of other systems than those of punctual.config.ts, without users; `stop` also removes what it made. */
export async function startLocalRunOf(
  systems: ConfigurationInput['systems'],
  { timeScale, tenantPlan, environment = {}, ...rest }: LocalRunOfOptions = {},
): Promise<LocalRun> {
  const assembly = await assemblyOf(
    defineConfiguration({ environments: { dev: { ...ENVIRONMENT, ...environment } }, systems, ...rest }),
  );
  const remove = () => rm(assembly, { recursive: true, force: true });
  const plan = tenantPlan === undefined ? [] : ['--tenant-plan', tenantPlan];
  const flags = ['--users', '0', '--assembly', assembly, ...plan];
  try {
    const run = await startLocalRun({ flags, ...(timeScale === undefined ? {} : { timeScale }) });
    return { ...run, stop: () => run.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}
