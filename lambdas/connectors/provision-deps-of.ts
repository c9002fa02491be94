import { randomUUID } from 'node:crypto';
import { placeName } from '../../events/instance-name';
import type { JitRule } from '../../events/jit-rule';
import { accountRefOf, externalIdOf, userRefOf } from '../../events/user-ref';
import type { Environment } from '../runtime/environment';
import type { OnLeave } from '../user-links/decision';
import { createUserLinkRepository } from '../user-links/user-link-repository';
import type { AdoptionPolicy } from './accounts/adoption';
import type { ProvisionAt } from './asking';
import type { ConnectorSurroundings } from './connector-surroundings';
import { createMapping } from './intent/mapping';
import type { MappingRule } from './intent/mapping-rule';
import { createScope } from './intent/scope';
import type { ScopeRule } from './intent/scope-rule';
import { createAdmitDeletion } from './leaving/admit-deletion';
import type { RetryPolicy } from './outcome/retry-policy';
import type { CommonDeps } from './provision-deps';

/** What provisioning needs whatever the instance, as the function's environment says it. */
export function commonDepsOf({ environment, dynamoDb, secrets }: ConnectorSurroundings): CommonDeps {
  const tenant = environment.text('tenant');
  const environmentName = environment.text('environment');
  const pepperArn = environment.text('pepperSecretArn');
  const system = environment.text('system');
  const threshold = {
    system,
    accounts: environment.number('deletionThreshold'),
    windowMs: environment.number('deletionWindowMs'),
  };
  const systemTableName = environment.text('systemTableName');
  const signOffMs = environment.optional('signOffMs');
  return {
    system,
    admitDeletion: createAdmitDeletion(dynamoDb, systemTableName, threshold, Date.now),
    adoption: environment.json('adoption') as AdoptionPolicy,
    links: createUserLinkRepository(dynamoDb, environment.text('userLinkTableName')),
    provisionAt: environment.text('provisionAt') as ProvisionAt,
    jit: jitRuleIn(environment),
    after: environment.json('after') as readonly string[],
    byInvitation: environment.optional('auth0Roles') !== undefined,
    scope: createScope(environment.json('scope') as ScopeRule | null),
    mapping: createMapping(environment.json('mapping') as MappingRule[]),
    identify: async (userId) => ({
      userRef: userRefOf((await secrets.read(pepperArn)).text, tenant, userId),
      externalId: externalIdOf(tenant, environmentName, userId),
    }),
    accountRefOf: async (accountId, instance) =>
      accountRefOf((await secrets.read(pepperArn)).text, placeName(system, instance), accountId),
    now: Date.now,
    random: Math.random,
    newToken: randomUUID,
    leaseMs: environment.number('leaseMs'),
    settleMs: environment.number('settleMs'),
    retry: retryPolicyOf(environment),
    ...(signOffMs === undefined ? {} : { signOffMs: Number(signOffMs) }),
    leave: {
      ending: environment.text('leaveEnding') === 'disable' ? 'disable' : 'delete',
      afterMs: environment.number('leaveAfterMs'),
      graceMs: environment.number('leaveGraceMs'),
      onLeaveScope: environment.text('onLeaveScope') as OnLeave,
    },
  };
}

/** Which connections bring accounts; null where all of them do. */
const jitRuleIn = (environment: Environment) =>
  environment.optional('jitRule') === undefined ? null : (environment.json('jitRule') as JitRule);

export const retryPolicyOf = (environment: Environment): RetryPolicy => ({
  baseMs: environment.number('retryBaseMs'),
  capMs: environment.number('retryCapMs'),
  horizonMs: environment.number('retryHorizonMs'),
  minAttempts: environment.number('retryMinAttempts'),
  budgetMs: environment.number('retryBudgetMs'),
});
