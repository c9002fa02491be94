import type { Clock } from '../clock';
import type { ApiKeyDefinition, UsagePlanDefinition } from './definitions';
import { GatewayRefusal } from './gateway-refusal';
import { Quota } from './quota';
import { TokenBucket } from './token-bucket';

interface Usage {
  readonly bucket?: TokenBucket | undefined;
  readonly quota?: Quota | undefined;
}

/** Keys and usage plans of a run. A plan limits each of its keys on its own. */
export class ApiKeys {
  private readonly keys = new Map<string, ApiKeyDefinition>();
  private readonly plans = new Map<string, UsagePlanDefinition>();
  private members: { readonly planId: string; readonly keyId: string }[] = [];
  private readonly usage = new Map<string, Usage>();

  /** Adds a key, or changes the one with its id. */
  addKey(key: ApiKeyDefinition): void {
    this.keys.set(key.id, key);
  }

  /** Takes it out of its plans too. */
  removeKey(keyId: string): void {
    this.keys.delete(keyId);
    this.members = this.members.filter((member) => member.keyId !== keyId);
  }

  addPlan(plan: UsagePlanDefinition): void {
    this.plans.set(plan.id, plan);
  }

  addMember(planId: string, keyId: string): void {
    this.members.push({ planId, keyId });
  }

  all(): ApiKeyDefinition[] {
    return [...this.keys.values()];
  }

  hasPlan(planId: string): boolean {
    return this.plans.has(planId);
  }

  /** Ids of the keys in a plan. */
  membersOf(planId: string): string[] {
    return this.members.filter((member) => member.planId === planId).map(({ keyId }) => keyId);
  }

  valueOf(keyId: string): string | undefined {
    return this.keys.get(keyId)?.value;
  }

  /** The highest rate and burst one key of this API may use. */
  throttleOf(keyId: string): UsagePlanDefinition['throttle'] {
    const planId = this.members.find((member) => member.keyId === keyId)?.planId;
    return this.plans.get(planId ?? '')?.throttle;
  }

  /** Id of the key; refuses a key that is unknown, disabled or in no plan of this stage, and one beyond its plan. */
  admit(value: string | undefined, apiId: string, stage: string, clock: Clock): string {
    const key = [...this.keys.values()].find((known) => known.enabled && known.value === value);
    const plan = key && this.planOf(key.id, apiId, stage);
    if (!key || !plan) throw new GatewayRefusal('INVALID_API_KEY');
    const usage = this.usageOf(plan, key.id, clock);
    if (usage.bucket && !usage.bucket.take()) throw new GatewayRefusal('THROTTLED');
    if (usage.quota && !usage.quota.take()) throw new GatewayRefusal('QUOTA_EXCEEDED');
    return key.id;
  }

  private planOf(keyId: string, apiId: string, stage: string): UsagePlanDefinition | undefined {
    return this.members
      .filter((member) => member.keyId === keyId)
      .map((member) => this.plans.get(member.planId))
      .find((plan) => plan?.stages.some((covered) => covered.apiId === apiId && covered.stage === stage));
  }

  private usageOf(plan: UsagePlanDefinition, keyId: string, clock: Clock): Usage {
    const id = `${plan.id} ${keyId}`;
    const usage = this.usage.get(id) ?? {
      bucket: plan.throttle && new TokenBucket(plan.throttle, clock),
      quota: plan.quota && new Quota(plan.quota, clock),
    };
    this.usage.set(id, usage);
    return usage;
  }
}
