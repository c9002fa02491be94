import { lookAtActions } from './actions';
import { lookAtAlarmMail } from './alarm-mail';
import { lookAtAlarms } from './alarms';
import { lookAtApi } from './api';
import { lookAtApiKey } from './api-key';
import type { Check } from './check';
import { lookAtClock } from './clock';
import { lookAtInvitations } from './invitations';
import { lookAtMails } from './mails';
import { lookAtDlqs, lookAtQuarantine } from './parked';
import { lookAtPermissions } from './permissions';
import { lookAtSigningSecret } from './signing-secret';
import { lookAtStack } from './stack';
import { lookAtTenant } from './tenant';

/** Everything the doctor looks at, in the order in which one would mend it. */
export const CHECKS: readonly Check[] = [
  { name: 'stack', look: lookAtStack },
  { name: 'permissions', look: lookAtPermissions },
  { name: 'clock', look: lookAtClock },
  { name: 'api key', look: lookAtApiKey },
  { name: 'signing secret', look: (deps) => lookAtSigningSecret(deps) },
  { name: 'stream secret', look: (deps) => lookAtSigningSecret(deps, 'event-stream') },
  { name: 'event api', look: lookAtApi },
  { name: 'alarms', look: lookAtAlarms },
  { name: 'alarm mail', look: lookAtAlarmMail },
  { name: 'dlqs', look: lookAtDlqs },
  { name: 'quarantine', look: lookAtQuarantine },
  { name: 'invitations', look: lookAtInvitations },
  { name: 'mails', look: lookAtMails },
  { name: 'tenant', look: lookAtTenant },
  { name: 'actions', look: lookAtActions },
];
