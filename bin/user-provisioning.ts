import { explainFailure } from '../lib/explain-failure';

/** Loaded here and not above, so that what a person can mend in their configuration is told without our stack. */
async function synthesize(): Promise<void> {
  const { configuration } = await import('../punctual.config');
  const { createUserProvisioningApp } = await import('../lib/user-provisioning-app');
  createUserProvisioningApp(configuration).synth();
}

synthesize().catch((error: unknown) => {
  console.error(explainFailure(error));
  process.exitCode = 1;
});
