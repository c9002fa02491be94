import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** False when the item is not as the condition of the write wants it. Rejects when the write failed otherwise. */
export async function isWritten(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
