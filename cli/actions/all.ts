/** Every item of a listing, from all its pages. */
export async function all<T>(listing: Promise<AsyncIterable<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of await listing) items.push(item);
  return items;
}
