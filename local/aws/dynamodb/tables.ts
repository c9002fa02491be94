import { AwsError } from '../aws-error';
import type { Item } from './item';
import type { CommitListener } from './watch-rows';

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** A committed change of one row; images in DynamoDB's JSON. */
export interface RowChange {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly table: string;
  readonly keys: Item;
  readonly oldImage?: Item;
  readonly newImage?: Item;
  /** Real milliseconds since the epoch, with fractions. */
  readonly at: number;
}

export interface TableInfo {
  readonly name: string;
  readonly arn: string;
  readonly stream?: { readonly arn: string; readonly viewType: StreamViewType };
  readonly logicalId: string;
  readonly stackPath: string;
  /** Partition key, then sort key if there is one. */
  readonly keyNames: readonly string[];
}

export type RowListener = (change: RowChange) => void;

export interface Tables {
  list(): TableInfo[];
  /** By name, ARN, stream ARN or logical id. Listeners are called in the order of commit of each row. */
  onChange(table: string, listener: RowListener): void;
}

/** The run's tables, and who wants to know of their changes. */
export class TableRegistry implements Tables {
  private readonly tables = new Map<string, TableInfo>();
  private readonly listeners = new Map<string, RowListener[]>();

  add(table: TableInfo): void {
    this.tables.set(table.name, table);
  }

  list(): TableInfo[] {
    return [...this.tables.values()];
  }

  onChange(table: string, listener: RowListener): void {
    const found = this.list().find(({ name, arn, stream, logicalId }) =>
      [name, arn, stream?.arn, logicalId].includes(table),
    );
    if (!found) throw new AwsError('ResourceNotFoundException', `There is no table ${table}.`);
    this.listeners.set(found.name, [...(this.listeners.get(found.name) ?? []), listener]);
  }

  /** Called by the store with the lock of the row still held. */
  readonly committed: CommitListener = (name, oldImage, newImage) => {
    const listeners = this.listeners.get(name);
    const table = this.tables.get(name);
    if (!listeners || !table) return;
    const image = (newImage ?? oldImage) as Item;
    const change: RowChange = {
      eventName: !oldImage ? 'INSERT' : newImage ? 'MODIFY' : 'REMOVE',
      table: name,
      keys: Object.fromEntries(table.keyNames.map((key) => [key, image[key] ?? {}])),
      at: performance.timeOrigin + performance.now(),
      ...(oldImage && { oldImage }),
      ...(newImage && { newImage: structuredClone(newImage) }),
    };
    for (const listener of listeners) listener(change);
  };
}
