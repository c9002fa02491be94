import type { BreakerState } from '../../../../../events/breaker-state';
import type { UserEvent } from '../../../../../events/event-schema';
import type { Explanation } from '../../../../../events/explanation';
import type { JitRule } from '../../../../../events/jit-rule';
import type { AdoptionPolicy } from '../../../../../lambdas/connectors/accounts/adoption';
import type { Over } from '../../../../../lambdas/connectors/connector-handler';
import { createExplain } from '../../../../../lambdas/connectors/explain/explain';
import type { KindExplained } from '../../../../../lambdas/connectors/explain/kind-explained';
import { createPreviewGate, previewOf } from '../../../../../lambdas/connectors/explain/preview';
import { createMapping } from '../../../../../lambdas/connectors/intent/mapping';
import type { MappingRule } from '../../../../../lambdas/connectors/intent/mapping-rule';
import { createScope } from '../../../../../lambdas/connectors/intent/scope';
import type { ScopeRule } from '../../../../../lambdas/connectors/intent/scope-rule';
import type { Transport } from '../../../../../lambdas/connectors/transport';
import type { UserLink } from '../../../../../lambdas/user-links/user-link';
import { createReservationsInMemory, NO_ADOPTION } from '../../../../helpers/adoption';
import { NOW } from '../../../../helpers/events';
import { createItemInMemory } from '../../../../helpers/gate';
import { createLinksInMemory } from '../../../../helpers/links';

const MINUTE = 60_000;

export interface ExplainingSettings {
  readonly over: Over;
  readonly transport: Transport;
  readonly kind: KindExplained;
  readonly rules: readonly MappingRule[];
  readonly link?: UserLink | undefined;
  readonly adoption?: AdoptionPolicy | undefined;
  readonly scope?: ScopeRule | undefined;
  readonly jit?: JitRule | null;
  readonly breaker?: BreakerState | undefined;
}

export interface Asked {
  readonly event?: UserEvent | string | undefined;
  readonly reveal?: boolean | undefined;
}

/** A worker of `crm` that is asked about `auth0|1`. `table` and `item` count what it writes of its own. */
export function anExplainingWorker(settings: ExplainingSettings) {
  const {
    over,
    transport,
    kind,
    rules,
    link,
    adoption = NO_ADOPTION,
    scope = null,
    jit = null,
    breaker,
  } = settings;
  const table = createLinksInMemory();
  if (link !== undefined) table.rows.set(`${link.userRef}/${link.system}`, link);
  const { item, state } = createItemInMemory<BreakerState>();
  if (breaker !== undefined) state.shared = { value: breaker, revision: 1 };
  const { reservations } = createReservationsInMemory();
  const policy = { minimumUsers: 5, failurePercent: 50, windowMs: MINUTE, pauseMs: MINUTE };
  const gate = createPreviewGate({
    ...{ item, now: () => NOW },
    policy: { ...policy, longestPauseMs: MINUTE, probeMs: MINUTE },
  });
  const real = {
    system: 'crm',
    links: table.links,
    mapping: createMapping(rules),
    scope: createScope(scope),
    provisionAt: 'registration',
    jit,
    after: [],
    adoption,
    reservations,
    identify: async (userId: string) => ({ userRef: `ref:${userId}`, externalId: `acme/dev/${userId}` }),
    accountRefOf: async (accountId: string) => `account:${accountId}`,
    gate,
    admitDeletion: async () => {
      throw new Error('nobody counts');
    },
    now: () => NOW,
    random: () => 0.5,
    newToken: () => 'token',
    leaseMs: MINUTE,
    settleMs: 15_000,
    retry: { baseMs: 1000, capMs: MINUTE, horizonMs: 60 * MINUTE, minAttempts: 5, budgetMs: 600 * MINUTE },
    leave: { ending: 'delete', afterMs: 0, graceMs: MINUTE, onLeaveScope: 'disable' },
  } as const;
  const explain = createExplain({
    ...{ system: 'crm', kind, over, transport, scopeRule: scope },
    newPreview: () => previewOf(real, () => ({ gate, reservations })),
  });
  const ask = ({ event, reveal = false }: Asked = {}): Promise<Explanation> => {
    const body = typeof event === 'object' ? JSON.stringify(event) : event;
    return explain({
      explain: { userId: 'auth0|1', reveal, ...(body === undefined ? {} : { event: body }) },
    });
  };
  return { ask, table, state };
}

export const stepOf = ({ steps }: Explanation, name: Explanation['steps'][number]['name']) => {
  const step = steps.find((one) => one.name === name);
  if (step === undefined) throw new Error(`no step ${name}`);
  return step;
};
