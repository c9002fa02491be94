import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of the SDK's whole credential chain in our bundles: a Lambda function gets its credentials from
 * its environment and nowhere else, and the rest of the chain is a quarter of the bundle.
 */
export const defaultProvider = fromEnv;
