import type { Item } from './item';

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
  readonly logicalId: string;
  readonly stackPath: string;
}

export interface Tables {
  list(): TableInfo[];
  /** By name, ARN or logical id; called in the order of commit of each row. */
  onChange(table: string, listener: (change: RowChange) => void): void;
}
