import type { StatusSnapshot } from '../../events/status-snapshot';
import type { ClientWords } from '../words/words';

/** What the document holds for its script, as JSON in the element `data`. */
export interface PageData {
  /** The rest of it is in the document already. */
  readonly snapshot: Omit<StatusSnapshot, 'returnToken' | 'systems'>;
  readonly sessionToken: string;
  readonly state: string;
  readonly socketUrl: string;
  readonly snapshotUrl: string;
  readonly onFailed: 'continue' | 'stop';
  readonly words: ClientWords;
}
