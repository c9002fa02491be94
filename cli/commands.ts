import { deploy as actionsDeploy } from './actions/deploy';
import { diff as actionsDiff } from './actions/diff';
import { remove as actionsRemove } from './actions/remove';
import { list as auditList } from './audit/list';
import { close as breakerClose } from './breaker/close';
import type { Command } from './command';
import { list as dlqList } from './dlq/list';
import { redrive } from './dlq/redrive';
import { show as dlqShow } from './dlq/show';
import { doctor } from './doctor/doctor';
import { erase } from './erase/erase';
import { key as eraseKey } from './erase/key';
import { verify } from './erase/verify';
import { explain } from './explain/explain';
import { exportUser } from './export/export';
import { list as invitationList } from './invitation/list';
import { resend } from './invitation/resend';
import { revoke } from './invitation/revoke';
import { show as invitationShow } from './invitation/show';
import { invite } from './invite/invite';
import { choose } from './link/choose';
import { list as linkList } from './link/list';
import { release } from './link/release';
import { outputs } from './outputs/outputs';
import { drop } from './quarantine/drop';
import { list as quarantineList } from './quarantine/list';
import { show as quarantineShow } from './quarantine/show';
import { apiKey } from './rotate/api-key';
import { invitationSecret } from './rotate/invitation-secret';
import { loginSecrets } from './rotate/login-secrets';
import { signingSecret } from './rotate/signing-secret';
import { systemKey } from './rotate/system-key';
import { send } from './send/send';
import { status } from './status/status';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  send,
  status,
  explain,
  breakerClose,
  ...[linkList, release, choose],
  // The longer ones first: a user id may be any word.
  ...[verify, eraseKey, erase],
  exportUser,
  ...[invite, invitationList, invitationShow, resend, revoke],
  ...[dlqList, dlqShow, redrive],
  ...[quarantineList, quarantineShow, drop],
  ...[apiKey, signingSecret, systemKey, loginSecrets, invitationSecret],
  ...[actionsDeploy, actionsDiff, actionsRemove],
  auditList,
  doctor,
  outputs,
];
