import { Construct } from 'constructs';
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

  constructor(scope: Construct, id: string, props: InvitationsProps) {
    super(scope, id);
    this.invitations = new InvitationTable(this, 'Table', props);
    this.secret = new GeneratedSecret(this, 'Secret', {
      ...props,
      description: 'Hashes the links and handles of invitations. A link whose key is gone is dead.',
    });
  }
}
