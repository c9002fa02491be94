/** A version of a trigger that a tenant offers. */
export interface TenantTrigger {
  readonly id: string;
  readonly version: string;
  readonly isCurrent: boolean;
  readonly runtimes: readonly string[];
}

/** What runs, or would run after a deploy. */
export interface ActionContent {
  readonly code: string;
  readonly runtime: string;
  /** Such as `lodash@4.17.21`. */
  readonly dependencies: readonly string[];
  readonly trigger: { readonly id: string; readonly version: string };
  readonly secrets: readonly { readonly name: string; readonly updatedAt: string }[];
}

/** An Action as a tenant shows it. */
export interface TenantAction {
  readonly id: string;
  readonly name: string;
  /** Of the draft's build: `pending`, `building`, `packaged`, `retrying`, `built`, `failed`. */
  readonly status: string;
  readonly draft: ActionContent;
  readonly deployed?: ActionContent & { readonly number: number };
}

export interface NewContent {
  readonly code: string;
  readonly runtime: string;
  readonly trigger: { readonly id: string; readonly version: string };
  /** All of them: a tenant takes the list for the whole of it. */
  readonly secrets: readonly { readonly name: string; readonly value: string }[];
}

/** An Action's place in the list of a trigger. */
export interface Binding {
  /** None for an Action that is not bound yet. */
  readonly id?: string;
  readonly actionId: string;
  readonly displayName: string;
}

/** An event stream as a tenant shows it. */
export interface TenantStream {
  readonly id: string;
  readonly name: string;
  /** False when somebody switched it off, or Auth0 did after failures. */
  readonly isOn: boolean;
  readonly eventTypes: readonly string[];
  /** The Action that it hands its events to; none for one that goes elsewhere. */
  readonly actionId?: string;
}

export interface NewStream {
  readonly name: string;
  readonly eventTypes: readonly string[];
  readonly actionId: string;
}

/** A profile with all that the tenant shows of it. */
export type TenantUser = Readonly<Record<string, unknown>>;

/** What commands ask of an Auth0 tenant, in our words. Every call may fail with a {@link CliError}. */
export interface Tenant {
  readonly domain: string;
  triggers(): Promise<TenantTrigger[]>;
  /** The Action of exactly this name. */
  actionNamed(name: string): Promise<TenantAction | undefined>;
  action(id: string): Promise<TenantAction>;
  create(name: string, content: NewContent): Promise<TenantAction>;
  /** Changes the draft, which then is built again; nothing is live before the deploy. */
  update(id: string, content: NewContent): Promise<TenantAction>;
  /** Number of the version that is on its way. */
  deploy(id: string): Promise<number>;
  remove(id: string): Promise<void>;
  /** In the order in which they run. */
  bindings(triggerId: string): Promise<Binding[]>;
  /** The list becomes this one: what is not in it is bound no more. */
  bind(triggerId: string, bindings: readonly Binding[]): Promise<void>;
  /** Undefined where the tenant has no event streams. */
  streams(): Promise<TenantStream[] | undefined>;
  /** It is on from then on. */
  createStream(stream: NewStream): Promise<void>;
  /** Switches it on, for these events. Where they go cannot be changed. */
  switchOn(id: string, eventTypes: readonly string[]): Promise<void>;
  removeStream(id: string): Promise<void>;
  /** Undefined for somebody who is not there. */
  user(id: string): Promise<TenantUser | undefined>;
  /** Somebody who is not there is gone. */
  removeUser(id: string): Promise<void>;
}
