import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { OurIssuer } from '../events/issuers';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { GeneratedSecret } from './generated-secret';
import type { StageProps } from './stage-props';

const ISSUERS = {
  actions: {
    id: 'SigningSecret',
    variable: ENVIRONMENT_NAMES.signingSecretArn,
    description: 'Signs events: whsec_ followed by this value is the secret of the Actions in the login path',
  },
  'event-stream': {
    id: 'EventStreamSecret',
    variable: ENVIRONMENT_NAMES.eventStreamSecretArn,
    description:
      "Signs events: whsec_ followed by this value is the secret of the Action behind Auth0's event stream",
  },
  punctual: {
    id: 'PunctualSecret',
    variable: ENVIRONMENT_NAMES.punctualSecretArn,
    description: 'Signs what Punctual publishes itself. Nobody else needs it.',
  },
} as const satisfies Record<OurIssuer, { id: string; variable: string; description: string }>;

/** A secret per issuer of ours, so that a stolen one is worth only that issuer's types. */
export class SigningSecrets {
  readonly of: Readonly<Record<OurIssuer, GeneratedSecret>>;

  constructor(scope: Construct, stage: StageProps) {
    const make = (issuer: OurIssuer) => {
      const { id, description } = ISSUERS[issuer];
      return new GeneratedSecret(scope, id, { ...stage, description });
    };
    this.of = { actions: make('actions'), 'event-stream': make('event-stream'), punctual: make('punctual') };
  }

  /** Lets `worker` verify what any issuer signed. */
  grantVerifying(worker: LambdaFunction): void {
    for (const issuer of Object.keys(ISSUERS) as OurIssuer[]) {
      this.of[issuer].grantReadAs(worker, ISSUERS[issuer].variable);
    }
  }

  /** Lets `signer` sign as Punctual itself. */
  grantSigning(signer: LambdaFunction): void {
    this.of.punctual.grantReadAs(signer, ISSUERS.punctual.variable);
  }
}
