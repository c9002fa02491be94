import { LocalError } from '../local-error';
import { arn } from '../resources/arn';

/** Which key of the run encrypts which queue, topic, table or secret. */
export class Encryption {
  private readonly keys = new Set<string>();
  private readonly keyOfResource = new Map<string, string>();

  addKey(keyArn: string): void {
    this.keys.add(keyArn);
  }

  /** `key` is the ARN or id of a key of this run; nothing when AWS encrypts with a key of its own. */
  encrypt(resource: string, key: unknown): void {
    if (key === undefined || key === '') return;
    const keyArn = String(key).startsWith('arn:') ? String(key) : arn('kms', `key/${key}`);
    if (!this.keys.has(keyArn))
      throw new LocalError('template-unsupported', `the key ${key} is not of this run`);
    this.keyOfResource.set(resource, keyArn);
  }

  keyOf(resource: string): string | undefined {
    return this.keyOfResource.get(resource);
  }
}
