import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import type { InvitationsConfiguration } from '../configuration/invitations-schema';
import { GeneratedSecret } from '../generated-secret';
import type { StageProps } from '../stage-props';
import { InvitationTable } from './invitation-table';

export interface InvitationsProps extends StageProps {
  readonly settings: InvitationsConfiguration;
}

/** Links that carry people into roles and data. */
export class Invitations extends Construct {
  readonly invitations: InvitationTable;
  /** The keys that tokens and handles are hashed with. */
  readonly secret: GeneratedSecret;
  private readonly settings: InvitationsConfiguration;

  constructor(scope: Construct, id: string, props: InvitationsProps) {
    super(scope, id);
    this.settings = props.settings;
    this.invitations = new InvitationTable(this, 'Table', props);
    this.secret = new GeneratedSecret(this, 'Secret', {
      ...props,
      description: 'Hashes the links and handles of invitations. A link whose key is gone is dead.',
    });
  }

  /** Lets the API make, show and end invitations, and tells it what they may bring. */
  grantInviting(server: LambdaFunction): void {
    const { applications, roles, expiryDays, keepAddressDays } = this.settings;
    const names = { applications: Object.keys(applications), roles: Object.keys(roles) };
    const terms = { ...names, expiryDays, keepAddressDays };
    this.invitations.grantChanging(server);
    this.invitations.grantFinding(server, 'email', 'redeemedBy', 'listed');
    server.addEnvironment(ENVIRONMENT_NAMES.invitationTerms, JSON.stringify(terms));
  }

  /** Lets `sweeper` end the invitations whose time is over, and forget whom they were to. */
  grantSweeping(sweeper: LambdaFunction): void {
    this.invitations.grantChanging(sweeper);
    this.invitations.grantFinding(sweeper, 'due');
    const keepMs = Duration.days(this.settings.keepAddressDays).toMilliseconds();
    sweeper.addEnvironment(ENVIRONMENT_NAMES.keepAddressMs, `${keepMs}`);
  }
}
