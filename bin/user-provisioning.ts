import { createUserProvisioningApp } from '../lib/user-provisioning-app';
import { configuration } from '../punctual.config';

createUserProvisioningApp(configuration).synth();
