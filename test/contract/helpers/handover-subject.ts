import type { Handover } from '../../../lambdas/connectors/hand-over/handover';
import type { MappingRule } from '../../../lambdas/connectors/intent/mapping-rule';
import type { FaultName } from '../../../local/faults/named-faults';
import type { Fault } from './subject';

/** A system that is told what is wanted, and fails on demand. */
export interface HandoverSubject {
  readonly handover: Handover;
  readonly rules: readonly MappingRule[];
  fail(fault: Fault): Promise<void>;
  heal(): Promise<void>;
  /** Ids of what it was told, once for each time. */
  told(): Promise<string[]>;
  accounts(externalId: string): Promise<readonly { readonly active: boolean }[]>;
  stop(): Promise<void>;
}

/** A kind that hands over, and what its delivery fails with; undefined where it counts as done. */
export interface HandoverKind {
  readonly start: () => Promise<HandoverSubject>;
  readonly contract: Readonly<Partial<Record<FaultName, Failure | undefined>>>;
}

interface Failure {
  readonly code: string;
  readonly retryAfterMs?: unknown;
}
