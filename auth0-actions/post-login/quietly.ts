/** Does one thing that nobody is to lose a login for: whatever it throws, nothing was done. */
export function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
