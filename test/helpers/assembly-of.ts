import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleActions, settingsFor } from '../../auth0-actions/bundle';
import { context } from '../../cdk.json';
import type { Configuration } from '../../lib/configuration';
import { createUserProvisioningApp } from '../../lib/user-provisioning-app';

/** Like the prepared assembly, for another configuration than that of punctual.config.ts. The caller removes it. */
export async function assemblyOf(configuration: Configuration): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'punctual-assembly-'));
  const outdir = join(directory, 'dist/actions');
  await bundleActions({ outdir, settings: settingsFor(configuration), now: Date.now() });
  // What is in `systems/` is a team's, and may be anything.
  const ofExamples = { ...context, systems: 'examples/systems' };
  createUserProvisioningApp(configuration, {
    outdir: join(directory, 'cdk.out'),
    context: ofExamples,
  }).synth();
  return directory;
}
