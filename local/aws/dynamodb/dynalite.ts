import type { Item } from './item';

/** The parts of dynalite 4.0.0 that we lean on; the package brings no types and is pinned for this. */
export interface DynaliteError extends Error {
  readonly statusCode?: number;
  readonly body?: {
    readonly __type?: string;
    readonly message?: string;
    readonly Message?: string;
    Item?: Item;
  };
}

export type Callback<T = unknown> = (error: DynaliteError | null, value?: T) => void;

/** Rows of one table. Actions call `put` and `del` while they hold the lock of the key. */
export interface ItemDb {
  get(key: string, callback: Callback<Item>): void;
  put(key: string, value: Item, callback: Callback): void;
  del(key: string, callback: Callback): void;
}

export interface Store {
  getItemDb(table: string): ItemDb;
  deleteItemDb(table: string, callback: Callback): void;
  readonly db: { close(callback: Callback): void };
}

type Input = Record<string, unknown>;
export type Action = (store: Store, input: Input, callback: Callback<Input>) => void;

interface Validation {
  readonly types: Record<string, unknown>;
  readonly custom?: unknown;
}

interface Validations {
  checkTypes(input: Input, types: Record<string, unknown>): Input;
  checkValidations(input: Input, types: Record<string, unknown>, custom: unknown, store: Store): void;
}

interface Database {
  create(options: Record<string, unknown>): Store;
  checkConditional(input: Input, existing: Item | undefined): DynaliteError | null | undefined;
}

export const dynaliteDb = require('dynalite/db') as Database;

export const dynaliteValidations = require('dynalite/validations') as Validations;

interface Operation {
  readonly action: Action;
  readonly validation: Validation;
}

const loaded = new Map<string, Operation>();

/** An action and its validation by operation name. */
export function dynaliteOperation(name: string): Operation {
  const file = name.charAt(0).toLowerCase() + name.slice(1);
  const operation = loaded.get(name) ?? {
    action: require(`dynalite/actions/${file}`) as Action,
    validation: require(`dynalite/validations/${file}`) as Validation,
  };
  loaded.set(name, operation);
  return operation;
}
